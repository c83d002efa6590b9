/** Pipelines without an unresolved word: every option read, every component known. Nothing of Spark is loaded. */
package dev.ingot.model;
