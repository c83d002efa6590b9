package dev.ingot.target;

import dev.ingot.component.Commit;
import dev.ingot.component.Destination;
import dev.ingot.component.Incoming;
import dev.ingot.component.Marks;
import dev.ingot.component.Named;
import dev.ingot.component.Target;
import dev.ingot.component.Trait;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Adds the rows of every batch to the table. */
@Named(
        value = "append",
        summary = "Adds the rows of every batch.",
        example = "{layer: bronze, mode: append}",
        traits = Trait.INCREMENTAL)
public final class Append implements Target<Append.Options> {

    /** Appending needs no options. */
    public record Options() {}

    @Override
    public Dataset<Row> changes(Incoming incoming, Options options, Destination destination) {
        return incoming.rows();
    }

    @Override
    public Dataset<Row> after(Dataset<Row> changes, Dataset<Row> current, Options options, Destination destination) {
        return current.unionByName(changes.drop(Marks.ACTION));
    }

    @Override
    public void write(Dataset<Row> changes, Options options, Destination destination, Commit commit) {
        changes.drop(Marks.ACTION)
                .write()
                .format("delta")
                .mode("append")
                .options(commit.writerOptions())
                .save(destination.location());
    }
}
