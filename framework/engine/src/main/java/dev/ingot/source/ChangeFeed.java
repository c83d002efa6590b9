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

/** The row changes of a Delta table over some versions (Delta's Change Data Feed). */
record ChangeFeed(Dataset<Row> changes) {

    private static final String TYPE = "_change_type";

    /** The changes after one version, up to and with another. */
    static ChangeFeed of(SparkSession spark, String location, long after, long until) {
        return new ChangeFeed(spark.read()
                .format("delta")
                .option("readChangeFeed", true)
                .option("startingVersion", after + 1)
                .option("endingVersion", until)
                .load(location));
    }

    /** Every state that a row was given, one for each change. */
    Dataset<Row> newStates() {
        return withoutFeedColumns(changes.filter(functions.col(TYPE).isin("insert", "update_postimage")));
    }

    /**
     * The difference between the table after the changes and before them, as if they had been one: rows that appeared,
     * and rows that disappeared. A row that came and went in between is in neither.
     */
    SourceRows netChanges() {
        String sign = "__ingot_sign";
        Column appeared = functions.col(TYPE).isin("insert", "update_postimage");
        Dataset<Row> signed = withoutFeedColumns(
                changes.withColumn(sign, functions.when(appeared, 1).otherwise(-1)));
        Column[] columns = Arrays.stream(signed.columns())
                .filter(name -> !name.equals(sign))
                .map(Columns::named)
                .toArray(Column[]::new);
        Column[] identity = Arrays.stream(columns)
                .map(column -> comparable(
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
        Dataset<Row> gone = net.filter(functions.col(sign).lt(0)).select("row.*");
        return new SourceRows(rows, Optional.of(gone));
    }

    /** Maps cannot be grouped by; as JSON they can. */
    private static Column comparable(Column column, DataType type) {
        return type instanceof MapType ? functions.to_json(column) : column;
    }

    private static Dataset<Row> withoutFeedColumns(Dataset<Row> rows) {
        return rows.drop(TYPE, "_commit_version", "_commit_timestamp");
    }
}
