package dev.ingot.source;

import dev.ingot.component.input.SourceRows;
import dev.ingot.component.rows.Columns;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;

/** Reads the row changes of a Delta table between two versions from Delta's Change Data Feed (CDF). */
record ChangeFeed(Dataset<Row> changes) {

    private static final String TYPE = "_change_type";

    /** Reads the changes after one version (exclusive) until another (inclusive). */
    static ChangeFeed of(SparkSession spark, String location, long after, long until) {
        return new ChangeFeed(spark.read()
                .format("delta")
                .option("readChangeFeed", true)
                .option("startingVersion", after + 1)
                .option("endingVersion", until)
                .load(location));
    }

    /** Returns each row as it is after its insert or update, one for each change. */
    Dataset<Row> postImages() {
        return withoutFeedColumns(changes.filter(functions.col(TYPE).isin("insert", "update_postimage")));
    }

    /**
     * Returns the net effect of all changes: the rows added to the table and the rows removed from it. A row that was
     * added and removed again in between is in neither.
     */
    SourceRows netChanges() {
        String sign = "__ingot_sign";
        Column added = functions.col(TYPE).isin("insert", "update_postimage");
        Dataset<Row> signed = withoutFeedColumns(
                changes.withColumn(sign, functions.when(added, 1).otherwise(-1)));
        Column[] columns = Arrays.stream(signed.columns())
                .filter(name -> !name.equals(sign))
                .map(Columns::named)
                .toArray(Column[]::new);
        Column[] identity = Arrays.stream(columns)
                .map(column -> groupable(
                        column, signed.select(column).schema().apply(0).dataType()))
                .toArray(Column[]::new);
        String key = "__ingot_row";
        Dataset<Row> net = signed.withColumn(key, functions.struct(identity))
                .groupBy(functions.col(key))
                .agg(
                        functions.sum(sign).as(sign),
                        functions.first(functions.struct(columns)).as("row"));
        Dataset<Row> rows = net.filter(functions.col(sign).gt(0))
                .withColumn(sign, functions.explode(functions.sequence(functions.lit(1L), functions.col(sign))))
                .select("row.*");
        Dataset<Row> removed = net.filter(functions.col(sign).lt(0)).select("row.*");
        return new SourceRows(rows, Optional.of(removed));
    }

    /** Turns a map into JSON, because Spark cannot group by maps. */
    private static Column groupable(Column column, DataType type) {
        return type instanceof MapType ? functions.to_json(column) : column;
    }

    private static Dataset<Row> withoutFeedColumns(Dataset<Row> rows) {
        return rows.drop(TYPE, "_commit_version", "_commit_timestamp");
    }
}
