/** Real servers on this machine, started and stopped by the tests that use them, and what the product does on them. */
package dev.ingot.integration;
