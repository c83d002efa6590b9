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

/** The newest row of each key, the same one however rows are ordered and split; and the comparison of rows it needs. */
public final class LatestRow {

    private static final String RANK = "__ingot_rank";

    /** Nested values as text that differs whenever they do: times to the microsecond. */
    private static final Map<String, String> EXACT_JSON = Map.of(
            "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
            "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private LatestRow() {}

    /**
     * One row for each key. Of rows that {@code newestFirst} calls equal, one that says "gone" wins; then their content
     * decides; of rows with the same content, the technical columns. Null is a key like any other, and older than every value.
     *
     * @param keys at least one
     * @param newestFirst the columns whose greatest values mark the newest row; may be empty
     * @throws Analysis.Failure with the place where a column was named that is not there or has no order
     */
    public static Dataset<Row> of(Dataset<Row> rows, List<ColumnName> keys, List<ColumnName> newestFirst) {
        List<Column> order = new ArrayList<>();
        newestFirst.forEach(column -> order.add(Columns.of(rows, column).desc_nulls_last()));
        if (Columns.has(rows, RowMarkers.ACTION)) {
            order.add(RowMarkers.does(RowMarkers.Action.DELETE).desc());
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

    /** The hash of a row's content: of all its columns but the technical ones. */
    public static Column contentHash(Dataset<Row> rows) {
        return contentHash(rows, List.of(), Columns::named);
    }

    /**
     * The hash of the content of rows that stand under an alias, as in the condition of a join or a merge. Rows of two
     * tables with the same content have the same hash if their columns have the same names, in whatever order and case,
     * and the same types.
     *
     * @param excluded columns that do not count, besides the technical ones
     */
    public static Column contentHash(Dataset<Row> rows, Collection<String> excluded, String alias) {
        return contentHash(rows, excluded, name -> functions.col(Columns.quoted(alias) + "." + Columns.quoted(name)));
    }

    /**
     * The hash of what columns would hold.
     *
     * @param reference gives the value by the column's name, in the column's type
     */
    public static Column contentHash(
            Dataset<Row> rows, Collection<String> excluded, Function<String, Column> reference) {
        List<StructField> content = Stream.of(rows.schema().fields())
                .filter(field -> !TechnicalColumns.contains(field.name()) && !RowMarkers.is(field.name()))
                .filter(field -> excluded.stream().noneMatch(field.name()::equalsIgnoreCase))
                .sorted(Comparator.comparing(field -> field.name().toLowerCase(Locale.ROOT)))
                .toList();
        // A hash skips nulls; so each value is preceded by whether it is null, or (null, 1) would equal (1, null).
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
