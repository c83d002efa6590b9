package dev.ingot.source;

import dev.ingot.component.Named;
import dev.ingot.component.Source;
import dev.ingot.component.SourceContext;
import dev.ingot.component.Trait;
import dev.ingot.component.input.Cursor;
import dev.ingot.component.input.Input;
import dev.ingot.component.input.ReadMode;
import dev.ingot.component.input.SourceRows;
import dev.ingot.component.rows.TechnicalColumns;
import dev.ingot.names.Sha256;
import dev.ingot.options.Option;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads rows written in the pipeline file: small reference data. Every value is text until a step casts it. */
@Named(
        value = "rows",
        summary = "Rows written in the pipeline itself: small reference data. Values are text until cast.",
        example = "rows:\n  - {code: us, name: National Earthquake Information Center}",
        traits = Trait.OUTSIDE)
public final class RowsSource implements Source<RowsSource.Options> {

    /** The rows. */
    public record Options(
            @Option(
                    description = "One mapping of column to value for each row; a column that a row leaves out"
                            + " is null there.",
                    example = "[{code: us, name: National}]",
                    inline = true,
                    required = true)
            List<Map<String, String>> rows) {}

    @Override
    public StructType schema(Options options, SourceContext context) {
        StructType schema = new StructType();
        for (String column : columns(options)) {
            schema = schema.add(column, DataTypes.StringType);
        }
        return schema.add(TechnicalColumns.SOURCE_FILE, DataTypes.StringType);
    }

    @Override
    public Optional<Input> pending(Options options, ReadMode mode, Cursor read, SourceContext context) {
        Input.Literal now = new Input.Literal(digest(options));
        boolean known = !read.inputs().isEmpty()
                && read.inputs().get(read.inputs().size() - 1).equals(now);
        return known ? Optional.empty() : Optional.of(now);
    }

    @Override
    public SourceRows read(Options options, Input input, SourceContext context) {
        Set<String> columns = columns(options);
        List<Row> rows = new ArrayList<>();
        for (Map<String, String> written : options.rows()) {
            List<Object> values = new ArrayList<>();
            columns.forEach(column -> values.add(written.get(column)));
            values.add(context.pipelineFile());
            rows.add(RowFactory.create(values.toArray()));
        }
        return SourceRows.of(context.spark().createDataFrame(rows, schema(options, context)));
    }

    @Override
    public boolean reads(Options options, Input input) {
        return input instanceof Input.Literal;
    }

    /** Returns a hash of the rows; every name and value has its length before it, so that no two tables look alike. */
    private static String digest(Options options) {
        StringBuilder text = new StringBuilder();
        for (Map<String, String> row : options.rows()) {
            text.append('{');
            row.forEach((column, value) -> {
                append(column, text);
                append(value, text);
            });
            text.append('}');
        }
        return Sha256.of(text.toString());
    }

    private static void append(String part, StringBuilder text) {
        if (part == null) {
            text.append('-');
        } else {
            text.append(part.length()).append(':').append(part);
        }
    }

    private static Set<String> columns(Options options) {
        Set<String> columns = new LinkedHashSet<>();
        options.rows().forEach(row -> columns.addAll(row.keySet()));
        return columns;
    }
}
