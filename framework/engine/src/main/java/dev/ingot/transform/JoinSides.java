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
 * The two sides of a join, with its condition and type.
 *
 * @param alias the name of {@code source} in the condition; {@code rows} is named {@value #INPUT}
 * @param type the join type in Spark's spelling
 */
record JoinSides(Dataset<Row> rows, Dataset<Row> source, String alias, Column condition, String type) {

    /** The name of the rows so far in conditions and queries. */
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

    /** Returns a column of the rows so far, after the join. */
    static Column ofInput(String name) {
        return of(INPUT, name);
    }

    /** Returns a column of one side, after the join. */
    static Column of(String side, String name) {
        return functions.col(Columns.quoted(side) + "." + Columns.quoted(name));
    }

    Dataset<Row> joined() {
        return rows.alias(INPUT).join(source.alias(alias), condition, type);
    }

    /**
     * Joins the two sides; the job fails at a row that has more than one match.
     *
     * @param keys the columns that the condition compares, if known. With them only the rows of each key of the source
     *     are counted, which is cheap; without them the matches of each row are counted.
     */
    Dataset<Row> joinedWithOneMatch(Optional<JoinKeys> keys, String message) {
        if (keys.filter(known -> known.sameTypes(rows, source)).isPresent()) {
            Column[] right = Columns.named(keys.get().right());
            JoinSides counted = new JoinSides(rows, source.withColumn(MATCHES, count(right)), alias, condition, type);
            Column matched = ofInput(keys.get().left().get(0)).isNotNull();
            return failingWhere(matched.and(of(alias, MATCHES).gt(1)), counted.joined(), message);
        }
        Dataset<Row> numbered = rows.withColumn(ROW, functions.monotonically_increasing_id());
        Dataset<Row> matches = new JoinSides(numbered, source, alias, condition, type).joined();
        Dataset<Row> counted =
                matches.select(functions.col("*"), count(ofInput(ROW)).as(MATCHES));
        Column matched = ofInput(ROW).isNotNull();
        return failingWhere(matched.and(Columns.named(MATCHES).gt(1)), counted, message);
    }

    private static Column count(Column... keys) {
        return functions.count(functions.lit(1)).over(Window.partitionBy(keys));
    }

    /** Filters with a nondeterministic condition, so that Spark does not push it below the join onto unmatched rows. */
    private static Dataset<Row> failingWhere(Column violated, Dataset<Row> joined, String message) {
        Column fail = functions.raise_error(functions.lit(message)).cast("boolean");
        Column notMovable = functions.monotonically_increasing_id().geq(0);
        return joined.filter(functions.when(violated, fail).otherwise(notMovable));
    }
}
