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
 * Appends the rows of other sources, columns matched by name, duplicates included (UNION ALL BY NAME). Numbers of
 * different types are widened; text cannot be combined with another type. The technical columns are those of the rows
 * so far, null where a source has none.
 */
@Named(
        value = "union",
        summary = "Appends the rows of other sources, columns matched by name; keeps duplicates.",
        example = "union: [flights_of_2023, flights_of_2024]")
public final class Union implements Transformation<Union.Options> {

    /** The sources to append, and how to handle missing columns. */
    public record Options(
            @Option(
                    description = "The aliases of the sources whose rows are appended.",
                    example = "[flights_of_2023, flights_of_2024]",
                    inline = true,
                    required = true)
            List<SourceName> with,

            @Option(
                    description = "Whether to fill a column that one side does not have with null, instead of failing.",
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
        Dataset<Row> appended = source.drop(missing(source, rows).stream()
                .filter(TechnicalColumns::contains)
                .toArray(String[]::new));
        if (!options.fillMissing()) {
            rejectMissing("input", missing(appended, rows), name);
            rejectMissing("'" + name + "'", missing(rows, appended), name);
        }
        rejectMixedTypes(rows, appended, name);
        return Analysis.at(name.span(), () -> rows.unionByName(appended, true));
    }

    /** Returns the columns of one side that the other side does not have. */
    private static List<String> missing(Dataset<Row> side, Dataset<Row> other) {
        return Stream.of(side.columns())
                .filter(column -> !Columns.has(other, column))
                .toList();
    }

    private static void rejectMissing(String side, List<String> columns, SourceName name) {
        List<String> missing = columns.stream()
                .filter(column -> !TechnicalColumns.contains(column))
                .toList();
        if (!missing.isEmpty()) {
            throw Analysis.failure(
                    name.span(),
                    side + " does not have the columns " + String.join(", ", missing)
                            + "; with 'fill_missing: true' they are null");
        }
    }

    /** Fails if text meets another type: Spark would cast silently, or fail at the first value that cannot be cast. */
    private static void rejectMixedTypes(Dataset<Row> rows, Dataset<Row> source, SourceName name) {
        for (StructField own : rows.schema().fields()) {
            for (StructField other : source.schema().fields()) {
                boolean oneIsText = own.dataType() instanceof StringType != other.dataType() instanceof StringType;
                if (own.name().equalsIgnoreCase(other.name()) && oneIsText) {
                    throw Analysis.failure(
                            name.span(),
                            "column '" + own.name() + "' is " + own.dataType().catalogString() + " in input and "
                                    + other.dataType().catalogString() + " in '" + name + "'; cast one of them");
                }
            }
        }
    }
}
