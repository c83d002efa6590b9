/** Pipelines with every option read and every component known. Loads no class of Spark. */
package dev.ingot.model;
