package dev.ingot.mode;

import dev.ingot.component.BatchCommit;
import dev.ingot.component.Named;
import dev.ingot.component.TargetInput;
import dev.ingot.component.Trait;
import dev.ingot.component.WriteContext;
import dev.ingot.component.WriteMode;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Stores no rows: a reader gets the result of the pipeline over the table versions that the reader sees. */
@Named(
        value = "view",
        summary = "Stores no rows: a reader gets the current result of the pipeline.",
        example = "{layer: gold, mode: view}",
        traits = Trait.VIEW)
public final class View implements WriteMode<View.Options> {

    /** A view has no options. */
    public record Options() {}

    @Override
    public Dataset<Row> changes(TargetInput incoming, Options options, WriteContext destination) {
        return incoming.rows();
    }

    @Override
    public Dataset<Row> after(Dataset<Row> changes, Dataset<Row> current, Options options, WriteContext destination) {
        return changes;
    }

    @Override
    public void write(Dataset<Row> changes, Options options, WriteContext destination, BatchCommit commit) {
        throw new UnsupportedOperationException("a view has no rows to write");
    }
}
