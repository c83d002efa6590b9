package dev.ingot.run.recovery;

import dev.ingot.delta.DeltaTables;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.run.batch.VersionAvailability;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.write.AuxiliaryTable;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommitMetadata;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.RestoreCommit;
import dev.ingot.state.RollbackRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** Checks whether a rollback is safe: it must not lose changes of other writers, nor break an unfinished batch. */
record RollbackCheck(LakeContext context, Ledger ledger) {

    /**
     * Refuses a rollback on which later runs build.
     *
     * @throws IngotException naming the runs that would have to be taken back too
     */
    void refuseLater(String what, RollbackClosure closure) {
        Map<CommittedBatch, String> reasons = closure.reasons();
        if (!reasons.isEmpty()) {
            String named = reasons.entrySet().stream()
                    .limit(5)
                    .map(each -> "run " + each.getKey().batch().run() + " ("
                            + each.getKey().batch().pipeline() + ") " + each.getValue())
                    .collect(Collectors.joining("; "));
            throw new IngotException(Diagnostic.error(
                    Code.ENV_CONFLICT,
                    SourceSpan.of("rollback"),
                    "Cannot roll back " + what + " alone: " + named + (reasons.size() > 5 ? " and more" : ""),
                    "Add '--cascade' to take those back too."));
        }
    }

    /**
     * Refuses a rollback that is impossible or loses changes of other writers.
     *
     * @throws IngotException with every reason
     */
    void refuseUnsafe(RollbackRecord record) {
        Diagnostics reasons = new Diagnostics();
        record.steps().forEach(step -> check(step, reasons));
        reasons.throwIfErrors();
    }

    /** Reports what makes a step impossible, and what it would lose. */
    private void check(RollbackRecord.Step step, Diagnostics reasons) {
        SparkSession spark = context.spark();
        String location = context.lake().table(step.id());
        Ledger.Account account = ledger.account(step.id()).orElseThrow();
        account.log().open().stream()
                .findFirst()
                .ifPresent(open -> reasons.add(Diagnostic.error(
                        Code.ENV_CONFLICT,
                        SourceSpan.of(step.table()),
                        "Cannot roll back " + step.table() + ": run " + open.run()
                                + " did not finish and was not replayed yet",
                        "Run the pipeline once more, then roll back.")));
        foreign(spark, step, location, step.to()).all().forEach(reasons::add);
        ledger.accounts().stream()
                .flatMap(each -> each.log().open().stream())
                .filter(open -> open.reads().stream()
                        .anyMatch(read -> read.tableId().equals(step.tableId()) && read.version() > step.to()))
                .forEach(open -> reasons.add(Diagnostic.error(
                        Code.ENV_CONFLICT,
                        SourceSpan.of(step.table()),
                        "Cannot roll back " + step.table() + ": " + open.pipeline() + " read it in run " + open.run()
                                + ", which did not finish",
                        "Run " + open.pipeline() + " once more, then roll back.")));
        if (DeltaTables.newest(spark, location) != step.from()) {
            reasons.add(Diagnostic.error(
                    Code.ENV_CONFLICT,
                    SourceSpan.of(step.table()),
                    "Cannot roll back " + step.table() + ": it was just written to",
                    "Run the command again."));
        }
        List<BatchRecord> effective = account
                .log()
                .withRestores(List.of(new RestoreCommit(step.tableId(), step.from() + 1, step.to())))
                .effective()
                .stream()
                .map(CommittedBatch::batch)
                .toList();
        Ledger.auxiliaryTables(context, step.id())
                .forEach(auxiliary -> unrestorable(auxiliary, effective)
                        .ifPresent(file -> reasons.add(Diagnostic.error(
                                Code.ENV_STORAGE,
                                SourceSpan.of(step.table()),
                                "Cannot roll back " + step.table() + ": its auxiliary table " + auxiliary.id()
                                        + " cannot be restored, because " + file,
                                "Rebuild the table and those made from it with: ingot run " + step.table()
                                        + "+ --full-refresh"))));
        Optional<String> missing = VersionAvailability.missing(spark, location, step.to());
        missing.ifPresent(file -> reasons.add(Diagnostic.error(
                Code.ENV_STORAGE,
                SourceSpan.of(step.table()),
                "Cannot roll " + step.table() + " back to version " + step.to() + ": " + file,
                "Rebuild the table and those made from it with: ingot run " + step.table() + "+ --full-refresh")));
    }

    private Optional<String> unrestorable(AuxiliaryTable auxiliary, List<BatchRecord> effective) {
        try {
            return auxiliary
                    .restoreVersion(effective)
                    .flatMap(version -> VersionAvailability.missing(context.spark(), auxiliary.location(), version));
        } catch (IngotException cleanedUp) {
            return Optional.of("its history was cleaned up");
        }
    }

    /** Reports what another writer wrote after a version, because the rollback would lose it. */
    static Diagnostics foreign(SparkSession spark, RollbackRecord.Step step, String location, long after) {
        Diagnostics found = new Diagnostics();
        DeltaTables.newestFirst(spark, location)
                .takeWhile(version -> version.number() > after)
                .filter(version -> version.changesRows() && !RestoreCommit.is(version))
                .filter(version -> CommitMetadata.run(version).isEmpty())
                .forEach(version -> found.add(Diagnostic.error(
                        Code.ENV_CONFLICT,
                        SourceSpan.of(step.table()),
                        "Cannot roll back " + step.table() + ": another writer changed it (" + version.operation()
                                + ", version " + version.number() + "), and that change would be lost",
                        "To discard that change, restore the table yourself: RESTORE TABLE ... TO VERSION AS OF "
                                + step.to())));
        return found;
    }
}
