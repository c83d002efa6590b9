package dev.ingot.component;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A rule about each row by itself. */
public non-sealed interface RowCheck<O extends Record> extends Check<O> {

    /**
     * The same rows with one more boolean column, true where the row violates the rule; null counts as false.
     *
     * @param verdict the name of the column to add
     */
    Dataset<Row> judge(Dataset<Row> rows, O options, String verdict, StepContext context);
}
