/** Packs a project's files as one named artifact, which platforms run and which the run log records. */
package dev.ingot.release;
