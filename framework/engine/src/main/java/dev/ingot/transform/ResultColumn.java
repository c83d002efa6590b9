package dev.ingot.transform;

import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.ColumnName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * A column of the rows that a step gives.
 *
 * @param origin what the user would call the value, for messages
 * @param place where the file gives it this name; empty when it just keeps it
 */
record ResultColumn(String name, Column value, String origin, Optional<SourceSpan> place) {

    ResultColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(place, "place");
    }

    /** A top-level column as it is. */
    static ResultColumn kept(String name) {
        return new ResultColumn(name, Columns.named(name), name, Optional.empty());
    }

    /**
     * Exactly these columns.
     *
     * @throws Analysis.Failure when two have one name, with the place that gives it
     */
    static Dataset<Row> select(Dataset<Row> rows, List<ResultColumn> columns) {
        refuseTwins(columns);
        return rows.select(
                columns.stream().map(column -> column.value().as(column.name())).toArray(Column[]::new));
    }

    /** Refuses two columns of one name; case does not matter, as in Spark. */
    static void refuseTwins(List<ResultColumn> columns) {
        Map<String, ResultColumn> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (ResultColumn column : columns) {
            ResultColumn twin = byName.put(column.name(), column);
            if (twin != null) {
                String reason = "both '" + twin.origin() + "' and '" + column.origin() + "' would be the column '"
                        + column.name() + "'";
                SourceSpan place =
                        column.place().or(twin::place).orElseThrow(() -> new IllegalArgumentException(reason));
                throw Analysis.failure(place, reason);
            }
        }
    }

    /**
     * A top-level column that a step is about.
     *
     * @throws Analysis.Failure with the place where it was named, when there is none
     */
    static StructField topLevel(Dataset<Row> rows, ColumnName column) {
        Columns.of(rows, column);
        return Stream.of(rows.schema().fields())
                .filter(field -> field.name().equalsIgnoreCase(column.name()))
                .findFirst()
                .orElseThrow(() -> Analysis.failure(
                        column.span(), "'" + column + "' lies within a struct; flatten the struct first"));
    }
}
