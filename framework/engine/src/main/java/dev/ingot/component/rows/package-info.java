/** Provides shared expressions over rows: quoted column names, the latest row of a key, key ranges, projections. */
package dev.ingot.component.rows;
