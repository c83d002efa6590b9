package com.example;

import dev.ingot.component.rows.Columns;
import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.Transformation;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Option;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Trims text columns and replaces blank text with null. */
@Named(
        value = "clean_text",
        summary = "Trims text columns; blank text becomes null.",
        example = "clean_text: [name, city]")
public final class CleanText implements Transformation<CleanText.Options> {

    /** The columns to clean. */
    public record Options(
            @Option(description = "The columns to clean.", example = "[name, city]", inline = true, required = true)
            List<ColumnName> columns) {}

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Options options, StepContext context) {
        Dataset<Row> cleaned = rows;
        for (ColumnName column : options.columns()) {
            Column text = functions.trim(Columns.of(rows, column));
            cleaned = cleaned.withColumn(column.name(), functions.when(text.notEqual(""), text));
        }
        return cleaned;
    }

    /** Other columns pass through, so that deleted rows can be followed by a key among them. */
    @Override
    public boolean keeps(String column, Options options) {
        return options.columns().stream().noneMatch(cleaned -> cleaned.name().equalsIgnoreCase(column));
    }
}
