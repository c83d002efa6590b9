/** Plans as Spark datasets: each kind of node is translated in one place, on empty rows to check and on a batch to run. */
package dev.ingot.compile;
