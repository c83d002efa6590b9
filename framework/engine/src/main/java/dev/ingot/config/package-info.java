/**
 * The project and its environment: layers, variables, the lake and Spark's settings, each with the place that it came
 * from. Knows how a text's references are resolved.
 */
package dev.ingot.config;
