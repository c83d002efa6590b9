/** The built-in transformations, a class each. */
package dev.ingot.transform;
