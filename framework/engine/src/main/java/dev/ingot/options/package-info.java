/**
 * Mappings as records. An options record says what a user may write; from it come the reading, every complaint about
 * it, and the JSON Schema that editors use. Knows YAML, and nothing of pipelines.
 */
package dev.ingot.options;
