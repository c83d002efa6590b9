/** Tests Ingot against real servers on this machine, which the tests start and stop. */
package dev.ingot.integration;
