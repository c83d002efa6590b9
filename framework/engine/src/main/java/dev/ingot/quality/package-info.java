/** The built-in checks, a class each. */
package dev.ingot.quality;
