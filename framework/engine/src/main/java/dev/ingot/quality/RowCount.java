package dev.ingot.quality;

import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.TableCheck;
import dev.ingot.component.Trait;
import dev.ingot.options.Option;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Checks the number of rows of the table. Each missing or surplus row is a violation. */
@Named(
        value = "row_count",
        summary = "The table has at least 'min' rows, at most 'max' rows, or both.",
        example = "row_count: {min: 1}",
        traits = Trait.TABLE_RULE)
public final class RowCount implements TableCheck<RowCount.Options> {

    /** The bounds, both inclusive. */
    public record Options(
            @Option(description = "The smallest number of rows.", example = "1")
            Optional<Long> min,

            @Option(description = "The greatest number of rows.", example = "24")
            Optional<Long> max) {
        public Options {
            if (min.isEmpty() && max.isEmpty()) {
                throw new IllegalArgumentException("it needs 'min', 'max' or both");
            }
            if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
                throw new IllegalArgumentException("'min', " + min.get() + ", is more than 'max', " + max.get());
            }
        }
    }

    @Override
    public Finding evaluate(Dataset<Row> rows, Options options, StepContext context) {
        long count = rows.count();
        long missing = options.min().map(min -> min - count).orElse(0L);
        long surplus = options.max().map(max -> count - max).orElse(0L);
        String found = count == 1 ? "1 row" : count + " rows";
        if (missing > 0) {
            return new Finding(missing, found + ", at least " + options.min().get() + " are required");
        }
        return surplus > 0
                ? new Finding(surplus, found + ", at most " + options.max().get() + " are allowed")
                : new Finding(0, found);
    }
}
