/** Records what batches have read and committed, in the lake next to the tables, and matches it to the tables' logs. */
package dev.ingot.state;
