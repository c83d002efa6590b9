/** Reports what runs did, and keeps the run log that {@code ingot history} shows. */
package dev.ingot.run.history;
