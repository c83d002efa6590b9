package dev.ingot.cli;

import dev.ingot.component.input.AsOf;
import dev.ingot.delta.DeltaTables;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.batch.TimeTravel;
import dev.ingot.run.context.LakeContext;
import dev.ingot.state.Lake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** A table that a command's argument names: one that a pipeline writes, or its quarantine. */
record NamedTable(TableId id, LogicalPlan plan) {

    /**
     * Finds the table in the plan.
     *
     * @throws IngotException when no pipeline writes it, with the known tables; when it is the quarantine of a view
     */
    static NamedTable of(String written, LogicalPlan plan) {
        List<String> known = new ArrayList<>();
        plan.pipelines().forEach(pipeline -> known.add(pipeline.id().toString()));
        NamedTable table = TableId.parse(written)
                .filter(parsed -> known.contains(parsed.toString()) || parsed.isQuarantine())
                .map(parsed -> new NamedTable(parsed, plan))
                .orElseThrow(() -> new IngotException(Diagnostic.error(
                                Code.CONF_ARGUMENT,
                                SourceSpan.of("TABLE"),
                                "Cannot find the table '" + written + "': no pipeline writes it",
                                "")
                        .accepting(known, written)));
        if (table.id.isQuarantine() && table.view().isPresent()) {
            throw new IngotException(Diagnostic.error(
                    Code.CONF_ARGUMENT,
                    SourceSpan.of("TABLE"),
                    "Cannot find the table '" + written + "': " + table.id.maker()
                            + " is a view, and a view has no quarantine",
                    "The quarantines of the tables that it reads hold the rejected rows."));
        }
        return table;
    }

    /** Returns the pipeline if the table is a view. */
    Optional<PipelinePlan> view() {
        return Optional.ofNullable(plan.byTable().get(id.maker())).filter(pipeline -> pipeline.isView());
    }

    /** Returns the key columns that identify a row; empty for a quarantine and a table without keys. */
    List<String> identity() {
        return Optional.ofNullable(plan.byTable().get(id))
                .map(pipeline -> pipeline.definition().identity())
                .orElse(List.of());
    }

    /**
     * Returns the path of the Delta table.
     *
     * @throws IngotException when the table is a view or does not exist yet
     */
    String location(SparkSession spark) {
        if (view().isPresent()) {
            throw new IngotException(Diagnostic.error(
                    Code.CONF_ARGUMENT,
                    SourceSpan.of("TABLE"),
                    "Cannot read versions of " + id + ": it is a view, and stores no rows and no versions",
                    "'ingot show " + id + "' shows its current rows; use the versions of the tables that it reads."));
        }
        String location = lake().table(id);
        if (DeltaTables.find(spark, location).isEmpty()) {
            boolean quarantine = id.isQuarantine();
            throw new IngotException(Diagnostic.error(
                    Code.CONF_ARGUMENT,
                    SourceSpan.of("TABLE"),
                    "Cannot show " + id + ": "
                            + (quarantine ? "no row was ever quarantined" : "it has not been built yet"),
                    quarantine ? "" : "Build it with: ingot run +" + id));
        }
        return location;
    }

    /** Returns the version that was current at a moment. */
    long version(AsOf moment, SparkSession spark) {
        return new TimeTravel(LakeContext.of(spark, plan.project())).version(id, moment, SourceSpan.of(id.toString()));
    }

    private Lake lake() {
        return new Lake(plan.project().lake());
    }
}
