/** The built-in sources, a class each. */
package dev.ingot.source;
