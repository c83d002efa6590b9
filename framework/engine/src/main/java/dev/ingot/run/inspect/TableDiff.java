package dev.ingot.run.inspect;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.LatestRow;
import dev.ingot.component.rows.TechnicalColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Compares two versions of a table: rows that were added, removed or changed by key; without keys, whole rows that were
 * added or removed. Technical columns are not compared.
 */
public final class TableDiff {

    private static final String KIND = "change";
    private static final String BEFORE = "before";
    private static final String AFTER = "after";

    private final Dataset<Row> differences;

    /**
     * One row that differs.
     *
     * @param kind added, removed or changed
     * @param row the new row; the old one where it was removed
     * @param before the old values of changed columns, by column
     */
    public record Line(String kind, Row row, Map<String, Object> before) {}

    private TableDiff(Dataset<Row> differences) {
        this.differences = differences;
    }

    /**
     * Compares two versions.
     *
     * @param keys the columns that identify a row; may be empty
     */
    public static TableDiff of(Dataset<Row> before, Dataset<Row> after, List<String> keys) {
        return new TableDiff(keys.isEmpty() ? ofRows(before, after) : ofKeys(before, after, keys));
    }

    /** Returns how many rows were added, removed and changed. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>(Map.of("added", 0L, "removed", 0L, "changed", 0L));
        differences.groupBy(KIND).count().collectAsList().forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        return counts;
    }

    /** Returns some of the rows, in the order of their keys. */
    public List<Line> lines(int limit) {
        List<Line> lines = new ArrayList<>();
        for (Row row : differences.limit(limit).collectAsList()) {
            Row before = row.getAs(BEFORE);
            Row after = row.getAs(AFTER);
            Map<String, Object> old = new TreeMap<>();
            if (before != null && after != null) {
                for (String name : before.schema().fieldNames()) {
                    boolean there = Arrays.asList(after.schema().fieldNames()).contains(name);
                    Object now = there ? after.getAs(name) : null;
                    if (!TechnicalColumns.contains(name) && !Objects.equals(before.getAs(name), now)) {
                        old.put(name, before.getAs(name));
                    }
                }
            }
            lines.add(new Line(row.getAs(KIND), after == null ? before : after, old));
        }
        return lines;
    }

    private static Dataset<Row> ofKeys(Dataset<Row> before, Dataset<Row> after, List<String> keys) {
        Dataset<Row> left = packed(before, keys, BEFORE);
        Dataset<Row> right = packed(after, keys, AFTER);
        Column same = keys.stream()
                .map(key -> col("l." + Columns.quoted(key)).eqNullSafe(col("r." + Columns.quoted(key))))
                .reduce(Column::and)
                .orElseThrow();
        Column kind = functions
                .when(col(BEFORE).isNull(), "added")
                .when(col(AFTER).isNull(), "removed")
                .otherwise("changed");
        Column[] order = keys.stream()
                .map(key -> functions.coalesce(col("l." + Columns.quoted(key)), col("r." + Columns.quoted(key))))
                .toArray(Column[]::new);
        return left.as("l")
                .join(right.as("r"), same, "full_outer")
                .filter(functions.not(col("l.hash").eqNullSafe(col("r.hash"))))
                .orderBy(order)
                .select(kind.as(KIND), col(BEFORE), col(AFTER));
    }

    private static Dataset<Row> packed(Dataset<Row> rows, List<String> keys, String name) {
        List<Column> columns = new ArrayList<>(keys.stream().map(Columns::named).toList());
        columns.add(LatestRow.contentHash(rows).as("hash"));
        columns.add(functions.struct(Columns.all(rows)).as(name));
        return rows.select(columns.toArray(Column[]::new));
    }

    /** Compares how often each row occurs, because equal rows may occur several times. */
    private static Dataset<Row> ofRows(Dataset<Row> before, Dataset<Row> after) {
        Dataset<Row> left = counted(before, BEFORE);
        Dataset<Row> right = counted(after, AFTER);
        Column more = functions.coalesce(col("r.times"), lit(0)).minus(functions.coalesce(col("l.times"), lit(0)));
        Column kind = functions.when(col("more").gt(0), "added").otherwise("removed");
        return left.as("l")
                .join(right.as("r"), col("l.hash").equalTo(col("r.hash")), "full_outer")
                .withColumn("more", more)
                .filter(col("more").notEqual(0))
                .withColumn(
                        "each",
                        functions.explode(functions.sequence(
                                lit(1), functions.abs(col("more")).cast("int"))))
                .select(
                        kind.as(KIND),
                        functions.when(col("more").lt(0), col(BEFORE)).as(BEFORE),
                        functions.when(col("more").gt(0), col(AFTER)).as(AFTER));
    }

    private static Dataset<Row> counted(Dataset<Row> rows, String name) {
        return rows.select(
                        LatestRow.contentHash(rows).as("hash"),
                        functions.struct(Columns.all(rows)).as(name))
                .groupBy("hash")
                .agg(functions.count(lit(1)).as("times"), functions.first(name).as(name));
    }
}
