/** The built-in sources, one class for each. */
package dev.ingot.source;
