package dev.ingot.target;

import dev.ingot.component.Commit;
import dev.ingot.component.Named;
import dev.ingot.component.Target;
import dev.ingot.component.Trait;
import java.util.Optional;
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
    public Dataset<Row> incoming(Dataset<Row> rows, Options options) {
        return rows;
    }

    @Override
    public Dataset<Row> after(
            Dataset<Row> incoming, Optional<Dataset<Row>> gone, Dataset<Row> current, Options options) {
        return current.unionByName(incoming);
    }

    @Override
    public void write(
            Dataset<Row> incoming, Optional<Dataset<Row>> gone, Options options, String location, Commit commit) {
        incoming.write()
                .format("delta")
                .mode("append")
                .options(commit.writerOptions())
                .save(location);
    }
}
