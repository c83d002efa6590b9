package dev.ingot.mode;

import dev.ingot.component.BatchCommit;
import dev.ingot.component.Named;
import dev.ingot.component.TargetInput;
import dev.ingot.component.WriteContext;
import dev.ingot.component.WriteMode;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.options.Option;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Replaces the whole table in one commit: readers see the old rows or the new rows, never an empty table between. */
@Named(
        value = "overwrite",
        summary = "Replaces the whole table in one commit.",
        example = "{layer: gold, mode: overwrite}")
public final class Overwrite implements WriteMode<Overwrite.Options> {

    /** Whether the table may become empty. */
    public record Options(
            @Option(description = "Whether a table with rows may be replaced by an empty one.", defaultValue = "false")
            boolean allowEmpty) {}

    @Override
    public Dataset<Row> changes(TargetInput incoming, Options options, WriteContext destination) {
        return incoming.rows();
    }

    @Override
    public boolean allowsEmpty(Options options) {
        return options.allowEmpty();
    }

    @Override
    public Dataset<Row> after(Dataset<Row> changes, Dataset<Row> current, Options options, WriteContext destination) {
        return changes.drop(RowMarkers.ACTION);
    }

    @Override
    public void write(Dataset<Row> changes, Options options, WriteContext destination, BatchCommit commit) {
        changes.drop(RowMarkers.ACTION)
                .write()
                .format("delta")
                .mode("overwrite")
                .options(commit.writerOptions())
                .save(destination.location());
    }
}
