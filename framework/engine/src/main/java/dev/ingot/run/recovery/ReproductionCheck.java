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

/** Checks whether a batch of an earlier run may be reproduced: no row twice, none lost, none that was taken back. */
record ReproductionCheck(LakeContext context, LogicalPlan all, PipelinePlan plan) {

    /** Refuses a batch that read a missing or taken back version of a table that this run does not write. */
    void refuseMissing(BatchRecord earlier, Set<TableId> written) {
        SparkSession spark = context.spark();
        earlier.tables().forEach((name, pinned) -> {
            TableId table = TableId.parse(name).orElseThrow();
            if (written.contains(table.maker())) {
                return;
            }
            boolean counts = context.store(table.maker())
                    .load()
                    .isNotRolledBack(table.isQuarantine() ? "" : pinned.tableId(), pinned.version());
            Optional<String> why = !PinnedVersions.isAvailable(spark, pinned)
                    ? Optional.of(name + ", which it read, was re-created since")
                    : !counts
                            ? Optional.of("version " + pinned.version() + " of " + name
                                    + ", which it read, was taken back since")
                            : VersionAvailability.missing(spark, pinned.location(), pinned.version())
                                    .map(file -> "version " + pinned.version() + " of " + name
                                            + ", which it read, can no longer be read, because " + file);
            why.ifPresent(reason -> {
                throw irreproducible(
                        plan.span(),
                        earlier,
                        reason,
                        "Reproduce the run that wrote it first or together with this one, or run without '--reproduce'.");
            });
        });
    }

    /** Refuses changes that do not continue where the reading stopped, because those in between would be lost. */
    void refuseGap(String alias, Bound<SourceSettings> source, BatchRecord earlier, Input input, BatchLog log) {
        List<Input> read = log.cursor(alias).inputs();
        Input last = read.isEmpty() ? null : read.get(read.size() - 1);
        long until = last instanceof Input.Changes changes
                ? changes.until()
                : last instanceof Input.Snapshot whole ? whole.version() : -1;
        if (input instanceof Input.Changes changes && changes.after() > until) {
            throw irreproducible(
                    source.span(),
                    earlier,
                    "it read the changes of " + changes.table() + " after version " + changes.after()
                            + ", and the changes before were taken back too",
                    "Reproduce the runs before it first, or run without '--reproduce'.");
        }
    }

    /** Refuses to add the same rows to a table twice. */
    void refuseDuplicate(BatchRecord earlier, BatchLog log) {
        boolean adds =
                plan.target().component().has(Trait.INCREMENTAL) && earlier.refreshMode() == RefreshMode.INCREMENTAL;
        String run = all.project().values().run().id();
        log.effective().stream()
                .map(CommittedBatch::batch)
                .filter(batch -> adds
                        && batch.number() >= earlier.number()
                        && !batch.run().equals(run))
                .findFirst()
                .ifPresent(batch -> {
                    boolean itself = batch.run().equals(earlier.run());
                    throw irreproducible(
                            plan.span(),
                            earlier,
                            itself
                                    ? "the table still has the rows of that run"
                                    : "run " + batch.run() + " wrote to the table after it",
                            "Roll it back first: ingot rollback " + batch.run());
                });
    }

    /** Returns the exception for a batch that cannot be reproduced. */
    IngotException irreproducible(SourceSpan place, BatchRecord earlier, String why, String remedy) {
        return new IngotException(Diagnostic.error(
                Code.ENV_CONFLICT,
                place,
                "Cannot write " + plan.id() + " as run " + earlier.run() + " did: " + why,
                remedy));
    }
}
