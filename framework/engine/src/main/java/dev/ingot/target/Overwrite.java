package dev.ingot.target;

import dev.ingot.component.Commit;
import dev.ingot.component.Destination;
import dev.ingot.component.Incoming;
import dev.ingot.component.Marks;
import dev.ingot.component.Named;
import dev.ingot.component.Target;
import dev.ingot.options.Option;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Replaces the whole table in one commit: readers see the old rows or the new ones, never none in between. */
@Named(
        value = "overwrite",
        summary = "Replaces the whole table in one commit.",
        example = "{layer: gold, mode: overwrite}")
public final class Overwrite implements Target<Overwrite.Options> {

    /** Whether the table may become empty. */
    public record Options(
            @Option(description = "Whether a table with rows may be replaced by one without.", defaultValue = "false")
            boolean allowEmpty) {}

    @Override
    public Dataset<Row> changes(Incoming incoming, Options options, Destination destination) {
        return incoming.rows();
    }

    @Override
    public boolean mayEmpty(Options options) {
        return options.allowEmpty();
    }

    @Override
    public Dataset<Row> after(Dataset<Row> changes, Dataset<Row> current, Options options, Destination destination) {
        return changes.drop(Marks.ACTION);
    }

    @Override
    public void write(Dataset<Row> changes, Options options, Destination destination, Commit commit) {
        changes.drop(Marks.ACTION)
                .write()
                .format("delta")
                .mode("overwrite")
                .options(commit.writerOptions())
                .save(destination.location());
    }
}
