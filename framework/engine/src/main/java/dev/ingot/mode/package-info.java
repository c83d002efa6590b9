/** The built-in ways to write a table, a class each. */
package dev.ingot.mode;
