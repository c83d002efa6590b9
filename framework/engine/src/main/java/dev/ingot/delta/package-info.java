/** What Delta's public API says of a table: its identity, its versions and who made them. Knows nothing of pipelines. */
package dev.ingot.delta;
