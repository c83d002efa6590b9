package dev.ingot.component.rows;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/**
 * The range of a batch's keys as literals, for data skipping: Delta compares them with each file's statistics and skips
 * files that cannot contain any of the keys. With a condition on the equality of keys alone it would read all files.
 */
public record KeyRange(List<Bound> bounds) {

    /** The unrestricted range. */
    public static final KeyRange UNRESTRICTED = new KeyRange(List.of());

    /** With more partition values than this, only the minimum and the maximum are used. */
    private static final int MAX_PARTITIONS = 200;

    /** Expressions that collect values of some types independently of the time zone. */
    private static final Map<String, String> COLLECTED =
            Map.of("date", "unix_date(%s)", "timestamp", "unix_micros(%s)");

    /** The replacement for invalid UTF-8 bytes; a text that contains it may differ from the value in the row. */
    private static final String REPLACEMENT_CHARACTER = "\uFFFD";

    private static final List<String> ORDERED =
            List.of("tinyint", "smallint", "int", "bigint", "string", "date", "timestamp");

    /**
     * The values of one column.
     *
     * @param values the minimum and the maximum, or all values
     * @param all whether these are all values
     */
    public record Bound(String column, List<?> values, boolean all) {

        public Bound {
            values = List.copyOf(values);
        }

        private Column contains(Column value) {
            return all ? value.isin(values.toArray()) : value.between(values.get(0), values.get(1));
        }
    }

    public KeyRange {
        bounds = List.copyOf(bounds);
    }

    /**
     * Computes the range of the rows' keys; runs one Spark job.
     *
     * @param keys the columns in which a row of the table must equal one of these rows to be changed by it
     * @param partitions the partition columns of the table
     */
    public static KeyRange of(Dataset<Row> rows, List<String> keys, List<String> partitions) {
        List<Column> aggregates = new ArrayList<>();
        for (String key : keys) {
            Column value = collected(rows, key);
            boolean isPartition = partitions.stream().anyMatch(key::equalsIgnoreCase);
            aggregates.add(functions.min(value));
            aggregates.add(functions.max(value));
            aggregates.add(isPartition ? functions.collect_set(value) : functions.lit(null));
        }
        Row row = rows.agg(functions.lit(0), aggregates.toArray(Column[]::new)).head();
        List<Bound> bounds = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            DataType type = type(rows, keys.get(i));
            int at = 1 + 3 * i;
            if (!row.isNullAt(at) && !hasInvalidText(row.get(at)) && !hasInvalidText(row.get(at + 1))) {
                List<?> partitionValues = row.isNullAt(at + 2) ? List.of() : row.getList(at + 2);
                boolean all = !partitionValues.isEmpty() && partitionValues.size() <= MAX_PARTITIONS;
                List<?> values = all ? partitionValues : List.of(row.get(at), row.get(at + 1));
                bounds.add(new Bound(
                        keys.get(i),
                        values.stream().map(value -> literal(value, type)).toList(),
                        all));
            }
        }
        return new KeyRange(bounds);
    }

    /** Returns null for types without ordered file statistics in Delta. */
    private static Column collected(Dataset<Row> rows, String key) {
        DataType type = type(rows, key);
        boolean ordered = type instanceof DecimalType || ORDERED.contains(type.catalogString());
        String value = COLLECTED.getOrDefault(type.catalogString(), "%s").formatted(Columns.quoted(key));
        return ordered ? functions.expr(value) : functions.lit(null);
    }

    private static DataType type(Dataset<Row> rows, String key) {
        return SchemaProjection.find(rows.schema(), key).orElseThrow().dataType();
    }

    private static boolean hasInvalidText(Object value) {
        return value instanceof String text && text.contains(REPLACEMENT_CHARACTER);
    }

    private static Object literal(Object collected, DataType type) {
        return switch (type.catalogString()) {
            case "date" -> LocalDate.ofEpochDay(((Number) collected).longValue());
            case "timestamp" -> Instant.EPOCH.plus((Long) collected, ChronoUnit.MICROS);
            default -> collected;
        };
    }

    /**
     * Returns the condition that a row is in the range.
     *
     * @param reference returns a column of the row by its name
     */
    public Column contains(Function<String, Column> reference) {
        return bounds.stream()
                .map(bound -> bound.contains(reference.apply(bound.column())))
                .reduce(functions.lit(true), Column::and);
    }
}
