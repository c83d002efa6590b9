package dev.ingot.transform;

import dev.ingot.component.rows.Columns;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * Two sides of a join before they are joined.
 *
 * @param alias under which the condition knows {@code source}; it knows {@code rows} as {@value #INPUT}
 * @param type the join type as Spark spells it
 */
record JoinSides(Dataset<Row> rows, Dataset<Row> source, String alias, Column condition, String type) {

    /** What conditions and queries call the rows so far. */
    static final String INPUT = "input";

    private static final String ROW = "__ingot_row";
    private static final String MATCHES = "__ingot_matches";

    JoinSides {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(alias, "alias");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(type, "type");
    }

    /** A column of the rows so far, after the join. */
    static Column ofInput(String name) {
        return of(INPUT, name);
    }

    /** A column of one side, after the join. */
    static Column of(String side, String name) {
        return functions.col(Columns.quoted(side) + "." + Columns.quoted(name));
    }

    Dataset<Row> joined() {
        return rows.alias(INPUT).join(source.alias(alias), condition, type);
    }

    /**
     * The same, but the job stops at a row that has more than one match.
     *
     * @param keys all that the condition compares, where that is known: then only the source is counted, by key, which
     *     is cheap; else the matches of each row
     */
    Dataset<Row> joinedOnce(Optional<JoinKeys> keys, String message) {
        if (keys.filter(known -> known.sameTypes(rows, source)).isPresent()) {
            Column[] right = Columns.named(keys.get().right());
            JoinSides counted = new JoinSides(rows, source.withColumn(MATCHES, count(right)), alias, condition, type);
            Column matched = ofInput(keys.get().left().get(0)).isNotNull();
            return stoppingAt(matched.and(of(alias, MATCHES).gt(1)), counted.joined(), message);
        }
        Dataset<Row> numbered = rows.withColumn(ROW, functions.monotonically_increasing_id());
        Dataset<Row> matches = new JoinSides(numbered, source, alias, condition, type).joined();
        Dataset<Row> counted =
                matches.select(functions.col("*"), count(ofInput(ROW)).as(MATCHES));
        Column matched = ofInput(ROW).isNotNull();
        return stoppingAt(matched.and(Columns.named(MATCHES).gt(1)), counted, message);
    }

    private static Column count(Column... keys) {
        return functions.count(functions.lit(1)).over(Window.partitionBy(keys));
    }

    /** Spark moves a filter that is a function of the row to below the join, where unmatched rows would stop the job. */
    private static Dataset<Row> stoppingAt(Column violated, Dataset<Row> joined, String message) {
        Column stop = functions.raise_error(functions.lit(message)).cast("boolean");
        Column notMovable = functions.monotonically_increasing_id().geq(0);
        return joined.filter(functions.when(violated, stop).otherwise(notMovable));
    }
}
