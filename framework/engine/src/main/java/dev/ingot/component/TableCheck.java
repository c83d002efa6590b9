package dev.ingot.component;

import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A rule about a table as a whole. */
public non-sealed interface TableCheck<O extends Record> extends Check<O> {

    /**
     * Judges the table as it would be after the write. This is a gate, so it may run Spark jobs; planning only checks
     * the columns, on empty rows.
     */
    Finding judge(Dataset<Row> rows, O options, StepContext context);

    /**
     * What a rule found.
     *
     * @param violations in rows; 0 when the rule holds
     * @param detail what was found, in words: "3 rows, at least 10 are required"
     */
    record Finding(long violations, String detail) {
        public Finding {
            Objects.requireNonNull(detail, "detail");
        }
    }
}
