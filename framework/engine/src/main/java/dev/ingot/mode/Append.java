package dev.ingot.mode;

import dev.ingot.component.BatchCommit;
import dev.ingot.component.Named;
import dev.ingot.component.TargetInput;
import dev.ingot.component.Trait;
import dev.ingot.component.WriteContext;
import dev.ingot.component.WriteMode;
import dev.ingot.component.rows.RowMarkers;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Appends the rows of every batch to the table. */
@Named(
        value = "append",
        summary = "Appends the rows of every batch.",
        example = "{layer: bronze, mode: append}",
        traits = Trait.INCREMENTAL)
public final class Append implements WriteMode<Append.Options> {

    /** Append has no options. */
    public record Options() {}

    @Override
    public Dataset<Row> changes(TargetInput incoming, Options options, WriteContext destination) {
        return incoming.rows();
    }

    @Override
    public Dataset<Row> after(Dataset<Row> changes, Dataset<Row> current, Options options, WriteContext destination) {
        return current.unionByName(changes.drop(RowMarkers.ACTION));
    }

    @Override
    public void write(Dataset<Row> changes, Options options, WriteContext destination, BatchCommit commit) {
        changes.drop(RowMarkers.ACTION)
                .write()
                .format("delta")
                .mode("append")
                .options(commit.writerOptions())
                .save(destination.location());
    }
}
