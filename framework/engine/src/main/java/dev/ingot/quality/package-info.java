/** The built-in checks, one class for each. */
package dev.ingot.quality;
