package dev.ingot.component;

import dev.ingot.component.rows.Analysis;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A step from rows to rows. It only describes the result: planning applies it to empty rows to learn their columns, and
 * a run to real ones, so it must neither count nor collect.
 */
public non-sealed interface Transformation<O extends Record> extends Component<O> {

    /**
     * The transformed rows. Calls that name columns go through {@link Analysis#at}, so that what Spark finds wrong is
     * reported at the line that says it.
     */
    Dataset<Row> apply(Dataset<Row> rows, O options, StepContext context);

    /**
     * Whether every row that comes out has, in a column, the value of the one row that it came from. Keys that all steps
     * keep can be followed from a table back to its source.
     */
    default boolean keeps(String column, O options) {
        return false;
    }
}
