package dev.ingot.run.recovery;

import dev.ingot.component.Trait;
import dev.ingot.component.input.Input;
import dev.ingot.definition.SourceSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.model.Bound;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.batch.PinnedVersions;
import dev.ingot.run.batch.VersionAvailability;
import dev.ingot.run.context.LakeContext;
import dev.ingot.state.BatchLog;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.RefreshMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Whether a batch of an earlier run may be written once more: nothing twice, nothing left out, nothing that was taken back. */
record ReproductionCheck(LakeContext context, LogicalPlan all, PipelinePlan plan) {

    /** What the batch saw of tables that this run does not make has to be there, and still to count. */
    public void refuseGone(BatchRecord then, Set<TableId> made) {
        SparkSession spark = context.spark();
        then.tables().forEach((name, pinned) -> {
            TableId table = TableId.parse(name).orElseThrow();
            if (made.contains(table.maker())) {
                return;
            }
            boolean stands = context.store(table.maker())
                    .load()
                    .stands(table.isQuarantine() ? "" : pinned.tableId(), pinned.version());
            Optional<String> why = !PinnedVersions.isThere(spark, pinned)
                    ? Optional.of(name + ", which it read, was made anew since")
                    : !stands
                            ? Optional.of("version " + pinned.version() + " of " + name
                                    + ", which it read, was taken back since")
                            : VersionAvailability.missing(spark, pinned.location(), pinned.version())
                                    .map(file -> "version " + pinned.version() + " of " + name
                                            + ", which it read, cannot be read any more, for " + file);
            why.ifPresent(reason -> {
                throw irreproducible(
                        plan.span(),
                        then,
                        reason,
                        "Reproduce the run that wrote it first or together with this one, or run without '--reproduce'.");
            });
        });
    }

    /** Changes are read from where reading stopped, or some would never be. */
    public void refuseGap(String alias, Bound<SourceSettings> source, BatchRecord then, Input input, BatchLog log) {
        List<Input> read = log.cursor(alias).inputs();
        Input last = read.isEmpty() ? null : read.get(read.size() - 1);
        long until = last instanceof Input.Changes changes
                ? changes.until()
                : last instanceof Input.Snapshot whole ? whole.version() : -1;
        if (input instanceof Input.Changes changes && changes.after() > until) {
            throw irreproducible(
                    source.span(),
                    then,
                    "it read the changes of " + changes.table() + " after version " + changes.after()
                            + ", and those before were taken back too",
                    "Reproduce the runs before it first, or run without '--reproduce'.");
        }
    }

    /** What adds to a table must not add the same again. */
    public void refuseTwice(BatchRecord then, BatchLog log) {
        boolean adds =
                plan.target().component().has(Trait.INCREMENTAL) && then.refreshMode() == RefreshMode.INCREMENTAL;
        String run = all.project().values().run().id();
        log.counting().stream()
                .map(CommittedBatch::batch)
                .filter(batch ->
                        adds && batch.number() >= then.number() && !batch.run().equals(run))
                .findFirst()
                .ifPresent(batch -> {
                    boolean itself = batch.run().equals(then.run());
                    throw irreproducible(
                            plan.span(),
                            then,
                            itself
                                    ? "the table still holds what it wrote"
                                    : "run " + batch.run() + " wrote to the table after it",
                            "Take it back first: ingot rollback " + batch.run());
                });
    }

    /** Why a batch is not written as it was. */
    public IngotException irreproducible(SourceSpan place, BatchRecord then, String why, String remedy) {
        return new IngotException(Diagnostic.error(
                Code.ENV_CONFLICT,
                place,
                "Cannot write " + plan.id() + " as run " + then.run() + " did: " + why,
                remedy));
    }
}
