/**
 * Parses YAML text into a tree with a place on every node. Scalars stay text: the field that a scalar fills determines
 * its type, so that {@code NO}, {@code 012} and {@code 1:30} keep the value that the user wrote.
 */
@PublicApi
package dev.ingot.yaml;

import dev.ingot.api.PublicApi;
