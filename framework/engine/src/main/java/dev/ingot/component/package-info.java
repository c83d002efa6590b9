/**
 * Defines the extension points. A component is one stateless class with a nested record {@code Options} and one
 * annotation; an index written at build time lists it, so that reading files loads no Spark class.
 */
@PublicApi
package dev.ingot.component;

import dev.ingot.api.PublicApi;
