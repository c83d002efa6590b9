package dev.ingot.transform;

import dev.ingot.component.AddsRows;
import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.Transformation;
import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.TechnicalColumns;
import dev.ingot.options.Option;
import dev.ingot.options.SourceName;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * Adds the rows of other sources below, column by name, duplicates included. Numbers of different types meet in the
 * wider one; text and anything else do not meet. The technical columns are those of the rows so far, null where a
 * source has none.
 */
@Named(
        value = "union",
        summary = "Adds the rows of other sources, column by name; duplicates stay.",
        example = "union: [flights_of_2023, flights_of_2024]")
public final class Union implements Transformation<Union.Options> {

    /** Whose rows to add, and what a missing column means. */
    public record Options(
            @Option(
                    description = "The aliases of the sources whose rows are added.",
                    example = "[flights_of_2023, flights_of_2024]",
                    inline = true,
                    required = true)
            List<SourceName> with,

            @Option(
                    description = "Whether a column that one side lacks is null there, rather than an error.",
                    example = "true",
                    defaultValue = "false")
            boolean fillMissing)
            implements AddsRows {

        @Override
        public boolean addsRows() {
            return true;
        }
    }

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Options options, StepContext context) {
        Dataset<Row> all = rows;
        for (SourceName name : options.with()) {
            all = add(all, context.source(name), name, options);
        }
        return all;
    }

    private static Dataset<Row> add(Dataset<Row> rows, Dataset<Row> source, SourceName name, Options options) {
        Dataset<Row> below = source.drop(missing(source, rows).stream()
                .filter(TechnicalColumns::contains)
                .toArray(String[]::new));
        if (!options.fillMissing()) {
            refuse("input", missing(below, rows), name);
            refuse("'" + name + "'", missing(rows, below), name);
        }
        refuseTextBesideOther(rows, below, name);
        return Analysis.at(name.span(), () -> rows.unionByName(below, true));
    }

    /** The columns of some rows that others lack. */
    private static List<String> missing(Dataset<Row> present, Dataset<Row> lacking) {
        return Stream.of(present.columns())
                .filter(column -> !Columns.has(lacking, column))
                .toList();
    }

    private static void refuse(String side, List<String> columns, SourceName name) {
        List<String> missing = columns.stream()
                .filter(column -> !TechnicalColumns.contains(column))
                .toList();
        if (!missing.isEmpty()) {
            throw Analysis.failure(
                    name.span(),
                    side + " lacks the columns " + String.join(", ", missing)
                            + "; with 'fill_missing: true' they are null");
        }
    }

    /** Spark would turn one into the other: silently, or failing at the first value that cannot be turned. */
    private static void refuseTextBesideOther(Dataset<Row> rows, Dataset<Row> source, SourceName name) {
        for (StructField ours : rows.schema().fields()) {
            for (StructField theirs : source.schema().fields()) {
                boolean oneIsText = ours.dataType() instanceof StringType != theirs.dataType() instanceof StringType;
                if (ours.name().equalsIgnoreCase(theirs.name()) && oneIsText) {
                    throw Analysis.failure(
                            name.span(),
                            "column '" + ours.name() + "' is " + ours.dataType().catalogString() + " in input and "
                                    + theirs.dataType().catalogString() + " in '" + name + "'; cast one of them");
                }
            }
        }
    }
}
