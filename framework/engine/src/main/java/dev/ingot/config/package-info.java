/**
 * Reads the project and its environment: layers, variables, the lake and Spark's settings, each with its origin.
 * Resolves the references of texts.
 */
package dev.ingot.config;
