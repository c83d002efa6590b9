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
 * Checks that a regular expression matches a column, as RLIKE does: anywhere in the value, unless {@code ^} and
 * {@code $} anchor it to the whole value. A value that is not text is cast to text first. Null passes;
 * {@code not_null} rejects it.
 */
@Named(
        value = "matches",
        summary = "A regular expression matches the column, or the column is null.",
        example = "matches: {column: airline, pattern: '^[A-Z]{2}$'}",
        traits = Trait.ROW_RULE)
public final class Matches implements RowCheck<Matches.Options> {

    /** The column and the pattern that it must match. */
    public record Options(
            @Option(description = "The column.", example = "airline")
            ColumnName column,

            @Option(
                    description = "A Java regular expression, matched anywhere in the value; ^ and $ anchor it.",
                    example = "'^[A-Z]{2}$'")
            String pattern) {
        public Options {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException wrong) {
                throw new IllegalArgumentException("'pattern' is not a regular expression: " + wrong.getDescription()
                        + " at character " + (wrong.getIndex() + 1));
            }
        }
    }

    @Override
    public Dataset<Row> evaluate(Dataset<Row> rows, Options options, String verdict, StepContext context) {
        Column value = Columns.of(rows, options.column());
        return Analysis.at(
                options.column().span(), () -> rows.withColumn(verdict, functions.not(value.rlike(options.pattern()))));
    }
}
