/** Decides what a batch reads: new input of each source, pinned table versions, views, time travel. */
package dev.ingot.run.batch;
