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
 * Makes one row of each group: the columns of {@code group_by}, then the measures; all other columns are gone, the
 * technical ones too. Null is a group. Without {@code group_by} all rows are one group, even where there is no row.
 */
@Named(value = "aggregate", summary = "Makes one row of each group.", example = """
                aggregate:
                  group_by: [airline]
                  measures:
                    flights: count(*)
                    longest: max(distance)
                  having: flights > 10""", traits = Trait.ACROSS_ROWS)
public final class Aggregate implements Transformation<Aggregate.Options> {

    /** The groups, and what is computed for each. */
    public record Options(
            @Option(
                    description = "The columns that a group has in common; without it all rows are one group.",
                    example = "[airline, flight_date]")
            List<ColumnName> groupBy,

            @Option(
                    description = "Column name to Spark SQL expression with aggregate functions.",
                    example = "{flights: count(*), longest: max(distance)}",
                    required = true)
            Map<String, Expression> measures,

            @Option(
                    description = "A Spark SQL condition on the group's columns and measures; other groups are"
                            + " left out.",
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
        ResultColumn.refuseTwins(result);
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
