package dev.ingot.component.rows;

import dev.ingot.options.ColumnName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Selects the newest row of each key, independently of row order and partitioning, and hashes rows to compare them. */
public final class LatestRow {

    private static final String RANK = "__ingot_rank";

    /** JSON options for an exact text of nested values: times to the microsecond. */
    private static final Map<String, String> EXACT_JSON = Map.of(
            "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
            "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private LatestRow() {}

    /**
     * Returns one row for each key. Among rows with equal {@code newestFirst} columns, a deletion wins, then the
     * content hash decides, then the technical columns. Null is a key like any other, and older than every value.
     *
     * @param keys at least one
     * @param newestFirst the columns whose greatest values mark the newest row; may be empty
     * @throws Analysis.Failure with the place of a column that does not exist or has no order
     */
    public static Dataset<Row> of(Dataset<Row> rows, List<ColumnName> keys, List<ColumnName> newestFirst) {
        List<Column> order = new ArrayList<>();
        newestFirst.forEach(column -> order.add(Columns.of(rows, column).desc_nulls_last()));
        if (Columns.has(rows, RowMarkers.ACTION)) {
            order.add(RowMarkers.hasAction(RowMarkers.Action.DELETE).desc());
        }
        order.add(contentHash(rows).desc());
        TechnicalColumns.names().stream()
                .filter(name -> Columns.has(rows, name))
                .forEach(name -> order.add(Columns.named(name).asc_nulls_last()));
        if (Columns.has(rows, RowMarkers.REMEMBERED)) {
            order.add(functions.col(RowMarkers.REMEMBERED).asc());
        }
        Column rank = functions
                .row_number()
                .over(Window.partitionBy(Columns.of(rows, keys)).orderBy(order.toArray(Column[]::new)));
        return Analysis.at(keys.get(0).span(), () -> rows.withColumn(RANK, rank))
                .filter(Columns.named(RANK).equalTo(1))
                .select(Columns.all(rows));
    }

    /** Returns the hash of a row's content: of all its columns except the technical ones. */
    public static Column contentHash(Dataset<Row> rows) {
        return contentHash(rows, List.of(), Columns::named);
    }

    /**
     * Returns the content hash of rows with an alias, for the condition of a join or a merge. Rows of two tables with
     * the same content have the same hash if their columns have the same names, in any order and case, and the same
     * types.
     *
     * @param excluded columns to ignore, in addition to the technical ones
     */
    public static Column contentHash(Dataset<Row> rows, Collection<String> excluded, String alias) {
        return contentHash(rows, excluded, name -> functions.col(Columns.quoted(alias) + "." + Columns.quoted(name)));
    }

    /**
     * Returns the content hash of the values that an expression provides for each column.
     *
     * @param reference returns the value by the column's name, in the column's type
     */
    public static Column contentHash(
            Dataset<Row> rows, Collection<String> excluded, Function<String, Column> reference) {
        List<StructField> content = Stream.of(rows.schema().fields())
                .filter(field -> !TechnicalColumns.contains(field.name()) && !RowMarkers.isMarker(field.name()))
                .filter(field -> excluded.stream().noneMatch(field.name()::equalsIgnoreCase))
                .sorted(Comparator.comparing(field -> field.name().toLowerCase(Locale.ROOT)))
                .toList();
        // Spark's hash skips nulls. Without a null flag before each value, (null, 1) would equal (1, null).
        List<Column> hashed = new ArrayList<>(List.of(functions.lit(content.size())));
        for (StructField field : content) {
            Column value = hashable(reference.apply(field.name()), field.dataType());
            hashed.add(value.isNull());
            hashed.add(value);
        }
        return functions.xxhash64(hashed.toArray(Column[]::new));
    }

    private static Column hashable(Column value, DataType type) {
        boolean nested = type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
        return nested ? functions.to_json(functions.struct(value.as("value")), EXACT_JSON) : value;
    }
}
