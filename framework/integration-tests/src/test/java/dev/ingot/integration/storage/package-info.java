/** The example project with its lake and its landing folder on object stores, and what a user is told when one refuses. */
package dev.ingot.integration.storage;
