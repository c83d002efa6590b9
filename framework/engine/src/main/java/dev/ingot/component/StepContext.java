package dev.ingot.component;

import dev.ingot.options.Expression;
import dev.ingot.options.SourceName;
import dev.ingot.options.TableName;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Provides a transformation or a check with the services of the engine. */
public interface StepContext {

    /** Converts an expression to a column with its {@code :parameters} bound. */
    Column column(Expression expression);

    /** Returns the rows of one of the pipeline's other sources. */
    Dataset<Row> source(SourceName name);

    /** Returns the rows of a table of this lake at the version that this run reads. */
    Dataset<Row> rowsOf(TableName table);

    /** Runs a query in which {@code input} is the given rows and every alias of a source is a table. */
    Dataset<Row> query(Expression sql, Dataset<Row> input);

    /** Diverts the rows that meet {@code violated} from the following steps, as violations of {@code rule}. */
    Dataset<Row> divert(Dataset<Row> rows, Column violated, String rule);
}
