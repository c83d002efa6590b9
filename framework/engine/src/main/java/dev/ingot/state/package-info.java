/** What batches have read and committed: records in the lake beside the tables, and the proof of them in the tables' logs. */
package dev.ingot.state;
