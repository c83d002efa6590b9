package dev.ingot.target;

import dev.ingot.component.Commit;
import dev.ingot.component.Destination;
import dev.ingot.component.Incoming;
import dev.ingot.component.Named;
import dev.ingot.component.Target;
import dev.ingot.component.Trait;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** No table: whoever reads it reads what its pipeline gives at the versions that the reader sees. */
@Named(
        value = "view",
        summary = "Keeps no rows: whoever reads it reads what its pipeline gives then.",
        example = "{layer: gold, mode: view}",
        traits = Trait.VIEW)
public final class View implements Target<View.Options> {

    /** There is nothing to choose. */
    public record Options() {}

    @Override
    public Dataset<Row> changes(Incoming incoming, Options options, Destination destination) {
        return incoming.rows();
    }

    @Override
    public Dataset<Row> after(Dataset<Row> changes, Dataset<Row> current, Options options, Destination destination) {
        return changes;
    }

    @Override
    public void write(Dataset<Row> changes, Options options, Destination destination, Commit commit) {
        throw new UnsupportedOperationException("a view has no rows to write");
    }
}
