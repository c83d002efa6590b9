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
 * Where in a table the keys of a batch lie, in literals: Delta compares these with what it knows of each file and passes
 * over the files that cannot hold any of the keys. For the equality of keys alone it would read them all.
 */
public record KeyRange(List<Bound> bounds) {

    /** Anywhere. */
    public static final KeyRange ANYWHERE = new KeyRange(List.of());

    /** If the files are parted by more values than these, the least and the greatest have to do. */
    private static final int PARTITIONS = 200;

    /** How values of some types are collected, so that they become the same ones again in whatever time zone. */
    private static final Map<String, String> COLLECTED =
            Map.of("date", "unix_date(%s)", "timestamp", "unix_micros(%s)");

    /** What a text is given for bytes that are none; the text is then not the value of the row. */
    private static final String BROKEN_TEXT = "\uFFFD";

    private static final List<String> ORDERED =
            List.of("tinyint", "smallint", "int", "bigint", "string", "date", "timestamp");

    /**
     * The values of one column.
     *
     * @param values the least and the greatest, or all of them
     * @param all whether they are all
     */
    public record Bound(String column, List<?> values, boolean all) {

        public Bound {
            values = List.copyOf(values);
        }

        private Column holds(Column value) {
            return all ? value.isin(values.toArray()) : value.between(values.get(0), values.get(1));
        }
    }

    public KeyRange {
        bounds = List.copyOf(bounds);
    }

    /**
     * The range of some rows' keys; one job.
     *
     * @param keys columns in which a row of the table must equal a row of these for one to do anything to the other
     * @param partitions the columns by whose values the table's files are parted
     */
    public static KeyRange of(Dataset<Row> rows, List<String> keys, List<String> partitions) {
        List<Column> figures = new ArrayList<>();
        for (String key : keys) {
            Column value = collected(rows, key);
            boolean parts = partitions.stream().anyMatch(key::equalsIgnoreCase);
            figures.add(functions.min(value));
            figures.add(functions.max(value));
            figures.add(parts ? functions.collect_set(value) : functions.lit(null));
        }
        Row row = rows.agg(functions.lit(0), figures.toArray(Column[]::new)).head();
        List<Bound> bounds = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            DataType type = type(rows, keys.get(i));
            int at = 1 + 3 * i;
            if (!row.isNullAt(at) && !isBroken(row.get(at)) && !isBroken(row.get(at + 1))) {
                List<?> parts = row.isNullAt(at + 2) ? List.of() : row.getList(at + 2);
                boolean all = !parts.isEmpty() && parts.size() <= PARTITIONS;
                List<?> values = all ? parts : List.of(row.get(at), row.get(at + 1));
                bounds.add(new Bound(
                        keys.get(i),
                        values.stream().map(value -> literal(value, type)).toList(),
                        all));
            }
        }
        return new KeyRange(bounds);
    }

    /** Null where the type has no order that Delta keeps for each file. */
    private static Column collected(Dataset<Row> rows, String key) {
        DataType type = type(rows, key);
        boolean ordered = type instanceof DecimalType || ORDERED.contains(type.catalogString());
        String value = COLLECTED.getOrDefault(type.catalogString(), "%s").formatted(Columns.quoted(key));
        return ordered ? functions.expr(value) : functions.lit(null);
    }

    private static DataType type(Dataset<Row> rows, String key) {
        return SchemaProjection.find(rows.schema(), key).orElseThrow().dataType();
    }

    private static boolean isBroken(Object value) {
        return value instanceof String text && text.contains(BROKEN_TEXT);
    }

    private static Object literal(Object collected, DataType type) {
        return switch (type.catalogString()) {
            case "date" -> LocalDate.ofEpochDay(((Number) collected).longValue());
            case "timestamp" -> Instant.EPOCH.plus((Long) collected, ChronoUnit.MICROS);
            default -> collected;
        };
    }

    /**
     * The condition that a row lies in the range.
     *
     * @param reference gives a column of the row by its name
     */
    public Column holds(Function<String, Column> reference) {
        return bounds.stream()
                .map(bound -> bound.holds(reference.apply(bound.column())))
                .reduce(functions.lit(true), Column::and);
    }
}
