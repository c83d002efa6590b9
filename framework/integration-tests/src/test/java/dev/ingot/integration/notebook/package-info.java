/** The notebooks of this repository, run on a lake that the example project made. */
package dev.ingot.integration.notebook;
