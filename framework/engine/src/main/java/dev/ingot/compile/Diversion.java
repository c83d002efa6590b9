package dev.ingot.compile;

import dev.ingot.definition.OnViolation;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows that a source or a step diverted, in the state before that step. */
public record Diversion(String rule, OnViolation action, Dataset<Row> rows) {

    public Diversion {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(rows, "rows");
    }
}
