/**
 * Resolves secret references where Hadoop asks for a password: chooses the store of a scope, reads and caches the value.
 */
package dev.ingot.secrets.hadoop;
