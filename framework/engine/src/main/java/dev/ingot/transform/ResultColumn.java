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
 * A column of the rows that a step returns.
 *
 * @param origin the user's name for the value, for messages
 * @param place where the file names the column; empty when it keeps its name
 */
record ResultColumn(String name, Column value, String origin, Optional<SourceSpan> place) {

    ResultColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(place, "place");
    }

    /** Returns a top-level column unchanged. */
    static ResultColumn unchanged(String name) {
        return new ResultColumn(name, Columns.named(name), name, Optional.empty());
    }

    /**
     * Selects exactly these columns.
     *
     * @throws Analysis.Failure when two have the same name, with the place that names one of them
     */
    static Dataset<Row> select(Dataset<Row> rows, List<ResultColumn> columns) {
        rejectDuplicateNames(columns);
        return rows.select(
                columns.stream().map(column -> column.value().as(column.name())).toArray(Column[]::new));
    }

    /** Fails if two columns have the same name; case does not matter, as in Spark. */
    static void rejectDuplicateNames(List<ResultColumn> columns) {
        Map<String, ResultColumn> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (ResultColumn column : columns) {
            ResultColumn duplicate = byName.put(column.name(), column);
            if (duplicate != null) {
                String reason = "both '" + duplicate.origin() + "' and '" + column.origin() + "' would be the column '"
                        + column.name() + "'";
                SourceSpan place =
                        column.place().or(duplicate::place).orElseThrow(() -> new IllegalArgumentException(reason));
                throw Analysis.failure(place, reason);
            }
        }
    }

    /**
     * Returns the top-level column that a step names.
     *
     * @throws Analysis.Failure with the place where it is named, when no such column exists
     */
    static StructField topLevel(Dataset<Row> rows, ColumnName column) {
        Columns.of(rows, column);
        return Stream.of(rows.schema().fields())
                .filter(field -> field.name().equalsIgnoreCase(column.name()))
                .findFirst()
                .orElseThrow(() -> Analysis.failure(
                        column.span(), "'" + column + "' is a field of a struct; flatten the struct first"));
    }
}
