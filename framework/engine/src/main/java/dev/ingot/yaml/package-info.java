/**
 * YAML text as a tree with a place on every node. Scalars stay text here: the field that a scalar fills decides its
 * type, so that {@code NO}, {@code 012} and {@code 1:30} are never anything but what the user wrote.
 */
package dev.ingot.yaml;
