package dev.ingot.quality;

import dev.ingot.component.Named;
import dev.ingot.component.RowCheck;
import dev.ingot.component.StepContext;
import dev.ingot.component.Trait;
import dev.ingot.component.rows.Analysis;
import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Checks that a condition is not false. A condition that is null passes, as in a SQL CHECK constraint. */
@Named(
        value = "expression",
        summary = "A condition is true, or null.",
        example = "expression: arrived_at > departed_at",
        traits = Trait.ROW_RULE)
public final class Condition implements RowCheck<Condition.Options> {

    /** The condition. */
    public record Options(
            @Option(
                    description = "A Spark SQL condition; a row for which it is false violates the rule.",
                    example = "arrived_at > departed_at",
                    inline = true)
            Expression condition) {}

    @Override
    public Dataset<Row> evaluate(Dataset<Row> rows, Options options, String verdict, StepContext context) {
        Expression condition = options.condition();
        return Analysis.at(condition.span(), () -> rows.withColumn(verdict, functions.not(context.column(condition))));
    }
}
