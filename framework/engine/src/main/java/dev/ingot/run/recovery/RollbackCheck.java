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

/** Whether a rollback may be done: nothing that is not ours may be lost by it, and nothing may be left half-read. */
record RollbackCheck(LakeContext context, Ledger ledger) {

    /**
     * Lets a rollback pass that nothing else builds on.
     *
     * @throws IngotException naming the runs that would have to go too
     */
    void refuseLater(String what, RollbackClosure undoing) {
        Map<CommittedBatch, String> because = undoing.because();
        if (!because.isEmpty()) {
            String named = because.entrySet().stream()
                    .limit(5)
                    .map(each -> "run " + each.getKey().batch().run() + " ("
                            + each.getKey().batch().pipeline() + ") " + each.getValue())
                    .collect(Collectors.joining("; "));
            throw new IngotException(Diagnostic.error(
                    Code.ENV_CONFLICT,
                    SourceSpan.of("rollback"),
                    "Cannot roll back " + what + " alone: " + named + (because.size() > 5 ? " and more" : ""),
                    "Add '--cascade' to take those back too."));
        }
    }

    /**
     * Lets a rollback pass that is possible.
     *
     * @throws IngotException with every reason why it is not
     */
    void refuseUnsafe(RollbackRecord record) {
        Diagnostics reasons = new Diagnostics();
        record.steps().forEach(step -> check(step, reasons));
        reasons.throwIfErrors();
    }

    /** Looks for what would make the step impossible, or lose what is not ours. */
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
                                + " was cut short and not repeated yet",
                        "Run the pipeline once more, then roll back.")));
        foreign(spark, step, location, step.to()).all().forEach(reasons::add);
        ledger.accounts().stream()
                .flatMap(each -> each.log().open().stream())
                .filter(open -> open.reads().stream()
                        .anyMatch(read -> read.tableId().equals(step.tableId()) && read.version() > step.to()))
                .forEach(open -> reasons.add(Diagnostic.error(
                        Code.ENV_CONFLICT,
                        SourceSpan.of(step.table()),
                        "Cannot roll back " + step.table() + ": " + open.pipeline() + " was reading it when run "
                                + open.run() + " was cut short",
                        "Run " + open.pipeline() + " once more, then roll back.")));
        if (DeltaTables.newest(spark, location) != step.from()) {
            reasons.add(Diagnostic.error(
                    Code.ENV_CONFLICT,
                    SourceSpan.of(step.table()),
                    "Cannot roll back " + step.table() + ": it was written to a moment ago",
                    "Run the command again."));
        }
        List<BatchRecord> counting =
                account
                        .log()
                        .and(List.of(new RestoreCommit(step.tableId(), step.from() + 1, step.to())))
                        .counting()
                        .stream()
                        .map(CommittedBatch::batch)
                        .toList();
        Ledger.auxiliaryTables(context, step.id())
                .forEach(companion -> unreachable(companion, counting)
                        .ifPresent(file -> reasons.add(Diagnostic.error(
                                Code.ENV_STORAGE,
                                SourceSpan.of(step.table()),
                                "Cannot roll back " + step.table() + ": what lies beside it as " + companion.id()
                                        + " cannot follow, for " + file,
                                "Build the table and those made of it anew with: ingot run " + step.table()
                                        + "+ --full-refresh"))));
        Optional<String> missing = VersionAvailability.missing(spark, location, step.to());
        missing.ifPresent(file -> reasons.add(Diagnostic.error(
                Code.ENV_STORAGE,
                SourceSpan.of(step.table()),
                "Cannot roll " + step.table() + " back to version " + step.to() + ": " + file,
                "Build the table and those made of it anew with: ingot run " + step.table() + "+ --full-refresh")));
    }

    private Optional<String> unreachable(AuxiliaryTable companion, List<BatchRecord> counting) {
        try {
            return companion
                    .past(counting)
                    .flatMap(version -> VersionAvailability.missing(context.spark(), companion.location(), version));
        } catch (IngotException cleanedUp) {
            return Optional.of("its history was cleaned up");
        }
    }

    /** What another hand wrote after a version would be lost. */
    static Diagnostics foreign(SparkSession spark, RollbackRecord.Step step, String location, long after) {
        Diagnostics found = new Diagnostics();
        DeltaTables.newestFirst(spark, location)
                .takeWhile(version -> version.number() > after)
                .filter(version -> version.changesRows() && !RestoreCommit.is(version))
                .filter(version -> CommitMetadata.run(version).isEmpty())
                .forEach(version -> found.add(Diagnostic.error(
                        Code.ENV_CONFLICT,
                        SourceSpan.of(step.table()),
                        "Cannot roll back " + step.table() + ": another hand changed it (" + version.operation()
                                + ", version " + version.number() + "), and that would be lost",
                        "If that may go, restore the table yourself: RESTORE TABLE ... TO VERSION AS OF "
                                + step.to())));
        return found;
    }
}
