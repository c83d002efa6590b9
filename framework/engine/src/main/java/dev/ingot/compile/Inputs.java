package dev.ingot.compile;

import dev.ingot.component.PinnedTable;
import dev.ingot.component.Source;
import dev.ingot.component.SourceContext;
import dev.ingot.component.SourceRows;
import dev.ingot.model.Bound;
import dev.ingot.options.TableName;
import dev.ingot.spec.SourceWords;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Where a compilation takes its rows from: none for a check, those of a batch for a run. */
public interface Inputs {

    /** The rows of one of a pipeline's sources. */
    SourceRows rows(String alias, Bound<SourceWords> source, Source<Record> component, SourceContext context);

    /** The rows of a table that a rule looks into. */
    Dataset<Row> table(TableName table, StructType planned);

    /** A table of the lake, as this run sees it. */
    PinnedTable pinned(TableName table);
}
