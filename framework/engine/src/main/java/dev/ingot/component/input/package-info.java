/** Describes exactly what a batch reads from a source: files, a range of table versions, a pinned snapshot, a view. */
package dev.ingot.component.input;
