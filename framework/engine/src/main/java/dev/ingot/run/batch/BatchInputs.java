package dev.ingot.run.batch;

import dev.ingot.compile.Inputs;
import dev.ingot.component.Source;
import dev.ingot.component.SourceContext;
import dev.ingot.component.input.Input;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.component.input.SourceRows;
import dev.ingot.definition.SourceSettings;
import dev.ingot.delta.DeltaTables;
import dev.ingot.model.Bound;
import dev.ingot.options.TableName;
import dev.ingot.plan.PipelinePlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the rows of a batch: exactly the inputs that its record names.
 *
 * @param tables the pinned versions of the lake's tables, by {@code layer.table}
 * @param views the views, which are read at these versions too
 */
public record BatchInputs(SparkSession spark, Map<String, Input> inputs, Map<String, PinnedTable> tables, Views views)
        implements Inputs {

    @Override
    public SourceRows rows(
            String alias, Bound<SourceSettings> source, Source<Record> component, SourceContext context) {
        Input input = inputs.get(alias);
        return input instanceof Input.View
                ? SourceRows.of(views.rows(
                        PipelinePlan.tableOf(source).flatMap(views::find).orElseThrow(), tables))
                : component.read(source.options(), input, context);
    }

    /** Returns a table at its pinned version; a quarantine that does not exist has no rows. */
    @Override
    public Dataset<Row> table(TableName table, StructType planned) {
        Optional<PipelinePlan> view = views.find(table.id());
        if (view.isPresent()) {
            return views.rows(view.get(), tables);
        }
        Optional<PinnedTable> pinned = find(table);
        if (pinned.isEmpty() && !table.id().isQuarantine()) {
            throw Inputs.notBuiltError(table);
        }
        return pinned.map(snapshot -> DeltaTables.at(spark, snapshot.location(), snapshot.version()))
                .orElseGet(() -> spark.createDataFrame(List.of(), planned));
    }

    @Override
    public Optional<PinnedTable> find(TableName table) {
        return Optional.ofNullable(tables.get(table.toString()));
    }
}
