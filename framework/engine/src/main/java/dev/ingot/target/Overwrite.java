package dev.ingot.target;

import dev.ingot.component.Commit;
import dev.ingot.component.Named;
import dev.ingot.component.Target;
import dev.ingot.options.Option;
import java.util.Optional;
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
    public Dataset<Row> incoming(Dataset<Row> rows, Options options) {
        return rows;
    }

    @Override
    public boolean mayEmpty(Options options) {
        return options.allowEmpty();
    }

    @Override
    public Dataset<Row> after(
            Dataset<Row> incoming, Optional<Dataset<Row>> gone, Dataset<Row> current, Options options) {
        return incoming;
    }

    @Override
    public void write(
            Dataset<Row> incoming, Optional<Dataset<Row>> gone, Options options, String location, Commit commit) {
        incoming.write()
                .format("delta")
                .mode("overwrite")
                .options(commit.writerOptions())
                .save(location);
    }
}
