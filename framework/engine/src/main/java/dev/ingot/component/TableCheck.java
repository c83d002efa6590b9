package dev.ingot.component;

import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A rule that is evaluated for a whole table. */
public non-sealed interface TableCheck<O extends Record> extends Check<O> {

    /**
     * Evaluates the table as it would be after the write. This is part of the quality gate, so it may run Spark jobs;
     * planning only checks the columns, on empty rows.
     */
    Finding evaluate(Dataset<Row> rows, O options, StepContext context);

    /**
     * The result of a table rule.
     *
     * @param violations the number of violating rows; 0 when the rule holds
     * @param detail a text for messages: "3 rows, at least 10 are required"
     */
    record Finding(long violations, String detail) {
        public Finding {
            Objects.requireNonNull(detail, "detail");
        }
    }
}
