package dev.ingot.quality;

import dev.ingot.component.Named;
import dev.ingot.component.RowCheck;
import dev.ingot.component.StepContext;
import dev.ingot.component.Trait;
import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Option;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A regular expression is found in a column, as RLIKE finds it: anywhere, so that only {@code ^} and {@code $} make it
 * about the whole value. What is not text is matched as the text that it prints as. Null passes: {@code not_null} is
 * there for that.
 */
@Named(
        value = "matches",
        summary = "A regular expression is found in the column, or the column is null.",
        example = "matches: {column: airline, pattern: '^[A-Z]{2}$'}",
        traits = Trait.ROW_RULE)
public final class Matches implements RowCheck<Matches.Options> {

    /** The column and what it must look like. */
    public record Options(
            @Option(description = "The column.", example = "airline")
            ColumnName column,

            @Option(
                    description = "A Java regular expression, found anywhere; ^ and $ tie it to the whole value.",
                    example = "'^[A-Z]{2}$'")
            String pattern) {
        public Options {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException wrong) {
                throw new IllegalArgumentException("'pattern' is no regular expression: " + wrong.getDescription()
                        + " at character " + (wrong.getIndex() + 1));
            }
        }
    }

    @Override
    public Dataset<Row> judge(Dataset<Row> rows, Options options, String verdict, StepContext context) {
        Column value = Columns.of(rows, options.column());
        return Analysis.at(
                options.column().span(), () -> rows.withColumn(verdict, functions.not(value.rlike(options.pattern()))));
    }
}
