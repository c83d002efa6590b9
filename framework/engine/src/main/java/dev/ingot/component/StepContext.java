package dev.ingot.component;

import dev.ingot.options.Expression;
import dev.ingot.options.SourceName;
import dev.ingot.options.TableName;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a transformation or a check is given by the engine. */
public interface StepContext {

    /** An expression as a column, its {@code :parameters} bound. */
    Column column(Expression expression);

    /** The rows of one of the pipeline's other sources. */
    Dataset<Row> source(SourceName name);

    /** A table of this lake, at the version that this run sees. */
    Dataset<Row> rowsOf(TableName table);

    /** The rows of a query in which {@code input} is the given rows and every alias of a source is a table. */
    Dataset<Row> query(Expression sql, Dataset<Row> input);

    /** Keeps the rows that meet {@code violated} out of what follows, as violations of {@code rule}. */
    Dataset<Row> divert(Dataset<Row> rows, Column violated, String rule);
}
