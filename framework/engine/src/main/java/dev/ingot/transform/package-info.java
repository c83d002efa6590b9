/** The built-in transformations, one class for each. */
package dev.ingot.transform;
