package dev.ingot.component;

import dev.ingot.component.rows.Analysis;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Transforms rows. It only describes the result: planning applies it to empty rows to determine the columns, and a run
 * applies it to the rows of a batch, so it must not run Spark jobs such as count or collect.
 */
public non-sealed interface Transformation<O extends Record> extends Component<O> {

    /**
     * Returns the transformed rows. Calls that name columns go through {@link Analysis#at}, so that Spark's errors are
     * reported at the line that causes them.
     */
    Dataset<Row> apply(Dataset<Row> rows, O options, StepContext context);

    /**
     * Returns whether every resulting row derives from one row and has its value in the given column. If all steps keep the
     * keys, the rows of a table can be traced to those of its source.
     */
    default boolean keeps(String column, O options) {
        return false;
    }
}
