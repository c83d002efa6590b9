package dev.ingot.component;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A rule that is evaluated for each row. */
public non-sealed interface RowCheck<O extends Record> extends Check<O> {

    /**
     * Adds a boolean column that is true for rows that violate the rule; null counts as false.
     *
     * @param verdict the name of the column to add
     */
    Dataset<Row> evaluate(Dataset<Row> rows, O options, String verdict, StepContext context);
}
