/**
 * Reads mappings into records. An options record declares what a user may write; parsing, diagnostics and the JSON
 * Schema for editors are derived from it. Depends on YAML, but not on pipelines.
 */
@PublicApi
package dev.ingot.options;

import dev.ingot.api.PublicApi;
