/** Reports what runs did, and stores the run log that {@code ingot history} shows. */
package dev.ingot.run.history;
