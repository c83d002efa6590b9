package dev.ingot.run.write;

import dev.ingot.compile.Quarantine;
import dev.ingot.component.BatchCommit;
import dev.ingot.component.rows.SchemaProjection;
import dev.ingot.component.rows.TechnicalColumns;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.schema.SchemaChange;
import dev.ingot.run.schema.TableDefinition;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommitLookup;
import dev.ingot.state.CommitMetadata;
import dev.ingot.state.RefreshMode;
import dev.ingot.state.RestoreCommit;
import io.delta.tables.DeltaTable;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * A table beside a pipeline's own, each of whose rows belongs to a batch and counts as long as the batch does: the
 * quarantine, and the memory of events.
 *
 * @param id by which its commits are told from those of others
 * @param location its address
 * @param place of the pipeline
 * @param retention how long its earlier versions can be read, at least a week
 */
public record AuxiliaryTable(SparkSession spark, TableId id, String location, SourceSpan place, Duration retention) {

    /** The default of {@code delta.deletedFileRetentionDuration}. */
    private static final Duration LEAST = Duration.ofDays(7);

    public AuxiliaryTable {
        retention = retention.compareTo(LEAST) < 0 ? LEAST : retention;
    }

    /** The quarantine of a pipeline. */
    public static AuxiliaryTable quarantine(
            LakeContext context, TableId pipeline, SourceSpan place, Duration retention) {
        return new AuxiliaryTable(
                context.spark(), pipeline.quarantine(), context.lake().table(pipeline.quarantine()), place, retention);
    }

    /** The memory of the events of a pipeline. */
    public static AuxiliaryTable lateEvents(
            LakeContext context, TableId pipeline, SourceSpan place, Duration retention) {
        return new AuxiliaryTable(
                context.spark(),
                new TableId(pipeline.layer(), pipeline.table() + "_events"),
                context.lake().events(pipeline),
                place,
                retention);
    }

    public boolean exists() {
        return DeltaTables.exists(spark, location);
    }

    /** Keeps rows of a batch; those of a refresh replace all others. Says how many there were. */
    long keep(Dataset<Row> rows, BatchRecord batch) {
        boolean refresh = batch.refreshMode() == RefreshMode.FULL;
        boolean replaces = refresh && exists();
        if (rows.isEmpty() && !replaces) {
            return 0;
        }
        DeltaTables.create(
                spark,
                location,
                rows.schema(),
                Map.of(
                        "delta.enableChangeDataFeed",
                        Boolean.toString(id.isQuarantine()),
                        TableDefinition.KEPT,
                        TableDefinition.interval(retention),
                        TableDefinition.LOGGED,
                        TableDefinition.logged(retention)));
        BatchCommit commit = CommitMetadata.commit(id, batch, DeltaTables.id(spark, location), 0);
        Dataset<Row> fitting = refresh ? rows : SchemaProjection.of(rows, following(rows.schema()));
        fitting.write()
                .format("delta")
                .mode(refresh ? "overwrite" : "append")
                .option(refresh ? "overwriteSchema" : "mergeSchema", true)
                .options(commit.writerOptions())
                .save(location);
        return new CommitLookup(spark).ours(location, batch, place).metric("numOutputRows");
    }

    /** The columns of the table; where rows have wider types now, it is given these first. */
    private StructType following(StructType rows) {
        Dataset<Row> now = DeltaTables.current(spark, location);
        SchemaChange change = SchemaChange.between(now.schema(), rows);
        if (!change.widened().isEmpty()) {
            DeltaTables.widen(SchemaProjection.of(now, change.merged()), new String[0], location);
        }
        return change.merged();
    }

    /**
     * Puts the table back to the rows of some batches.
     *
     * @param counting the batches that count, oldest first: what the table was after one of them had been written, or
     *     before all of them
     */
    public void restore(List<BatchRecord> counting) {
        past(counting).ifPresent(version -> DeltaTable.forPath(spark, location).restoreToVersion(version));
    }

    /**
     * The version to which {@link #restore} would go back; empty when the table has its rows already.
     *
     * @throws IngotException when that version was cleaned out of the history
     */
    public Optional<Long> past(List<BatchRecord> counting) {
        if (!exists()) {
            return Optional.empty();
        }
        List<TableVersion> history = DeltaTables.newestFirst(spark, location).toList();
        TableVersion then = history.stream()
                .filter(version -> counting.stream().anyMatch(batch -> CommitMetadata.isOf(batch, version)))
                .findFirst()
                .orElseGet(() -> beginning(history));
        return shown(history) == then.number() ? Optional.empty() : Optional.of(then.number());
    }

    private TableVersion beginning(List<TableVersion> history) {
        TableVersion oldest = history.get(history.size() - 1);
        if (oldest.number() > 0) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_STORAGE,
                    place,
                    "Cannot put " + id + " back to what it was: its history was cleaned up from version 0 to "
                            + (oldest.number() - 1),
                    "Build the table beside which it lies, and those made of it, anew with --full-refresh."));
        }
        return oldest;
    }

    /** The version that gave the table the rows that it has: later ones changed none, or were RESTOREs of it. */
    private static long shown(List<TableVersion> history) {
        List<RestoreCommit> restores = RestoreCommit.in("", history, ZoneOffset.UTC);
        long at = history.get(0).number();
        for (TableVersion version : history) {
            Optional<RestoreCommit> restore = restores.stream()
                    .filter(each -> each.version() == version.number())
                    .findFirst();
            if (version.number() == at && restore.isPresent()) {
                at = restore.get().to();
            } else if (version.number() == at && !version.changesRows()) {
                at--;
            }
        }
        return at;
    }

    /** Lets the table keep its earlier versions as long as is said now. */
    public void define(String run) {
        String kept = TableDefinition.interval(retention);
        if (!kept.equals(DeltaTables.properties(spark, location).get(TableDefinition.KEPT))) {
            String properties = "SET TBLPROPERTIES ('" + TableDefinition.KEPT + "' = '" + kept + "', '"
                    + TableDefinition.LOGGED + "' = '" + TableDefinition.logged(retention) + "')";
            DeltaTables.alter(spark, location, "ALTER TABLE", properties, CommitMetadata.ofAlteration(id, run));
        }
    }

    /** Takes rows out. */
    void delete(Column condition) {
        DeltaTable.forPath(spark, location).delete(condition);
    }

    /** Takes out the rows of a batch, because the batch does not count. */
    public void withdraw(BatchRecord batch) {
        if (exists()) {
            delete(functions
                    .col(TechnicalColumns.RUN_ID)
                    .equalTo(batch.run())
                    .and(functions.col(Quarantine.BATCH).equalTo(batch.number())));
        }
    }
}
