/** Tests the notebooks of this repository, on a lake of the example project. */
package dev.ingot.integration.notebook;
