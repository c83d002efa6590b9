/** Makes records and tables agree after a dead run, a RESTORE, a rollback, or for a run that reproduces another. */
package dev.ingot.run.recovery;
