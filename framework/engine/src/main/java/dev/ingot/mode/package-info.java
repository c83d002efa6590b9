/** The built-in write modes, one class for each. */
package dev.ingot.mode;
