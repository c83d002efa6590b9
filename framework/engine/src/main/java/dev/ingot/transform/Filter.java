package dev.ingot.transform;

import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.Transformation;
import dev.ingot.component.rows.Analysis;
import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Keeps the rows for which a condition is true; drops rows for which it is false or null. */
@Named(value = "filter", summary = "Keeps the rows for which a condition is true.", example = "filter: distance > 0")
public final class Filter implements Transformation<Filter.Options> {

    /** The condition. */
    public record Options(
            @Option(description = "A Spark SQL condition.", example = "distance > 0", inline = true)
            Expression condition) {}

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Options options, StepContext context) {
        return Analysis.at(options.condition().span(), () -> rows.filter(context.column(options.condition())));
    }

    @Override
    public boolean keeps(String column, Options options) {
        return true;
    }
}
