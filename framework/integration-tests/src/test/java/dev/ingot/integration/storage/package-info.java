/**
 * Tests the example project with its lake and landing folder on object stores, and the messages when a store rejects a
 * request.
 */
package dev.ingot.integration.storage;
