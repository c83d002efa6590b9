/** Runs the commands of the documentation, and follows its links. */
package dev.ingot.integration.docs;
