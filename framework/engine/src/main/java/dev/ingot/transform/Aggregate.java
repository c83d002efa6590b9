package dev.ingot.transform;

import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.Trait;
import dev.ingot.component.Transformation;
import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;

/**
 * Aggregates each group into one row: the columns of {@code group_by}, then the measures. All other columns are
 * dropped, including technical ones. Null is a group. Without {@code group_by} all rows are one group, even if there
 * are no rows.
 */
@Named(value = "aggregate", summary = "Aggregates each group into one row.", example = """
                aggregate:
                  group_by: [airline]
                  measures:
                    flights: count(*)
                    longest: max(distance)
                  having: flights > 10""", traits = Trait.ACROSS_ROWS)
public final class Aggregate implements Transformation<Aggregate.Options> {

    /** The groups, and the measures computed for each. */
    public record Options(
            @Option(
                    description = "The columns to group by; without them all rows are one group.",
                    example = "[airline, flight_date]")
            List<ColumnName> groupBy,

            @Option(
                    description = "Column name to Spark SQL expression with aggregate functions.",
                    example = "{flights: count(*), longest: max(distance)}",
                    required = true)
            Map<String, Expression> measures,

            @Option(
                    description = "A Spark SQL condition on the group's columns and measures; groups that do not meet"
                            + " it are dropped.",
                    example = "flights > 10")
            Optional<Expression> having) {}

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Options options, StepContext context) {
        List<ResultColumn> groups =
                options.groupBy().stream().map(column -> group(rows, column)).toList();
        List<ResultColumn> result = new ArrayList<>(groups);
        options.measures()
                .forEach((name, measure) -> result.add(new ResultColumn(
                        name, context.column(measure).as(name), measure.text(), Optional.of(measure.span()))));
        ResultColumn.rejectDuplicateNames(result);
        RelationalGroupedDataset grouped =
                rows.groupBy(groups.stream().map(ResultColumn::value).toArray(Column[]::new));
        List<ResultColumn> measures = result.subList(groups.size(), result.size());
        measures.forEach(measure -> Analysis.at(measure.place().orElseThrow(), () -> grouped.agg(measure.value())));
        Dataset<Row> aggregated = grouped.agg(
                measures.get(0).value(),
                measures.stream().skip(1).map(ResultColumn::value).toArray(Column[]::new));
        return options.having()
                .map(having -> Analysis.at(having.span(), () -> aggregated.filter(context.column(having))))
                .orElse(aggregated);
    }

    private static ResultColumn group(Dataset<Row> rows, ColumnName column) {
        Column value = Columns.of(rows, column);
        String name =
                Analysis.at(column.span(), () -> rows.groupBy(value).count().columns()[0]);
        return new ResultColumn(name, value, column.name(), Optional.of(column.span()));
    }
}
