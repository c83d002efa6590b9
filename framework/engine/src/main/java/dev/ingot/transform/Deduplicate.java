package dev.ingot.transform;

import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.Trait;
import dev.ingot.component.Transformation;
import dev.ingot.component.rows.LatestRow;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Option;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Keeps one row for each key: the newest or, where the order is not declared or equal, one that is chosen by content
 * and never depends on the order of the rows.
 */
@Named(
        value = "deduplicate",
        summary = "Keeps one row for each key, the newest.",
        example = "deduplicate: {keys: [flight_id], keep_latest_by: [updated_at]}",
        traits = {Trait.ACROSS_ROWS, Trait.COLLAPSES})
public final class Deduplicate implements Transformation<Deduplicate.Options> {

    /** The key, and which of its rows to keep. */
    public record Options(
            @Option(
                    description = "The columns that identify a row; null counts as a value.",
                    example = "[flight_id]",
                    inline = true,
                    required = true)
            List<ColumnName> keys,

            @Option(
                    description = "The columns whose greatest values mark the newest row; null is oldest.",
                    example = "[updated_at]")
            List<ColumnName> keepLatestBy) {}

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Options options, StepContext context) {
        return LatestRow.of(rows, options.keys(), options.keepLatestBy());
    }
}
