package dev.ingot.quality;

import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.TableCheck;
import dev.ingot.component.Trait;
import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Option;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Checks that no two rows have the same values in some columns. A row in which one of them is null equals no other row,
 * as with UNIQUE in SQL; {@code not_null} rejects it. Each surplus row is a violation.
 */
@Named(
        value = "unique",
        summary = "No two rows have the same values in the columns; rows with a null in one of them are ignored.",
        example = "unique: [flight_id]",
        traits = Trait.TABLE_RULE)
public final class Unique implements TableCheck<Unique.Options> {

    private static final String COUNT = "__ingot_count";

    /** The columns that identify a row. */
    public record Options(
            @Option(
                    description = "The columns that together identify a row.",
                    example = "[flight_id]",
                    inline = true,
                    required = true)
            List<ColumnName> columns) {}

    @Override
    public Finding evaluate(Dataset<Row> rows, Options options, StepContext context) {
        Column[] keys = Columns.of(rows, options.columns());
        Column complete =
                Stream.of(keys).map(Column::isNotNull).reduce(Column::and).orElseThrow();
        Row found = Analysis.at(
                options.columns().get(0).span(),
                () -> rows.filter(complete)
                        .groupBy(keys)
                        .agg(functions.count(functions.lit(1)).as(COUNT))
                        .filter(Columns.named(COUNT).gt(1))
                        .agg(functions.count(functions.lit(1)), functions.sum(Columns.named(COUNT)))
                        .head());
        long repeated = found.getLong(0);
        long surplus = repeated == 0 ? 0 : found.getLong(1) - repeated;
        String columns = String.join(", ", ColumnName.names(options.columns()));
        return new Finding(
                surplus,
                repeated == 0
                        ? "no two rows have the same " + columns
                        : count(repeated, "value") + " of " + columns + (repeated == 1 ? " is" : " are")
                                + " duplicated, in " + count(surplus, "surplus row"));
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
