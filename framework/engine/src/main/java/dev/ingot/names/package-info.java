/** The names by which everything else speaks of tables. Holds no behaviour beyond parsing and printing them. */
package dev.ingot.names;
