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
 * quarantine, and the late events.
 *
 * @param id identifies its commits
 * @param location its path
 * @param place the place of the pipeline in its file
 * @param retention how long its earlier versions can be read, at least a week
 */
public record AuxiliaryTable(SparkSession spark, TableId id, String location, SourceSpan place, Duration retention) {

    /** The default of {@code delta.deletedFileRetentionDuration}. */
    private static final Duration MIN_RETENTION = Duration.ofDays(7);

    public AuxiliaryTable {
        retention = retention.compareTo(MIN_RETENTION) < 0 ? MIN_RETENTION : retention;
    }

    /** Returns the quarantine of a pipeline, whether it exists or not. */
    public static AuxiliaryTable quarantine(
            LakeContext context, TableId pipeline, SourceSpan place, Duration retention) {
        return new AuxiliaryTable(
                context.spark(), pipeline.quarantine(), context.lake().table(pipeline.quarantine()), place, retention);
    }

    /** Returns the late events of a pipeline, whether the table exists or not. */
    public static AuxiliaryTable lateEvents(
            LakeContext context, TableId pipeline, SourceSpan place, Duration retention) {
        return new AuxiliaryTable(
                context.spark(),
                new TableId(pipeline.layer(), pipeline.table() + "_events"),
                context.lake().lateEvents(pipeline),
                place,
                retention);
    }

    public boolean exists() {
        return DeltaTables.exists(spark, location);
    }

    /** Writes rows of a batch, those of a full refresh in place of all others, and returns how many were written. */
    long write(Dataset<Row> rows, BatchRecord batch) {
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
                        TableDefinition.FILE_RETENTION,
                        TableDefinition.interval(retention),
                        TableDefinition.LOG_RETENTION,
                        TableDefinition.logRetention(retention)));
        BatchCommit commit = CommitMetadata.commit(id, batch, DeltaTables.id(spark, location), 0);
        Dataset<Row> fitting = refresh ? rows : SchemaProjection.of(rows, widenFor(rows.schema()));
        fitting.write()
                .format("delta")
                .mode(refresh ? "overwrite" : "append")
                .option(refresh ? "overwriteSchema" : "mergeSchema", true)
                .options(commit.writerOptions())
                .save(location);
        return new CommitLookup(spark).requireOwn(location, batch, place).metric("numOutputRows");
    }

    /** Returns the columns of the table, whose types are widened first where the rows have wider ones. */
    private StructType widenFor(StructType rows) {
        Dataset<Row> now = DeltaTables.current(spark, location);
        SchemaChange change = SchemaChange.between(now.schema(), rows);
        if (!change.widened().isEmpty()) {
            DeltaTables.widen(SchemaProjection.of(now, change.merged()), new String[0], location);
        }
        return change.merged();
    }

    /**
     * Restores the table to the version that the newest effective batch wrote, or to the first version.
     *
     * @param effective the effective batches, oldest first
     */
    public void restore(List<BatchRecord> effective) {
        restoreVersion(effective)
                .ifPresent(version -> DeltaTable.forPath(spark, location).restoreToVersion(version));
    }

    /**
     * Returns the version to which {@link #restore} would go back; empty when the table already has its rows.
     *
     * @throws IngotException when that version was cleaned up from the history
     */
    public Optional<Long> restoreVersion(List<BatchRecord> effective) {
        if (!exists()) {
            return Optional.empty();
        }
        List<TableVersion> history = DeltaTables.newestFirst(spark, location).toList();
        TableVersion then = history.stream()
                .filter(version -> effective.stream().anyMatch(batch -> CommitMetadata.isOf(batch, version)))
                .findFirst()
                .orElseGet(() -> firstVersion(history));
        return contentVersion(history) == then.number() ? Optional.empty() : Optional.of(then.number());
    }

    private TableVersion firstVersion(List<TableVersion> history) {
        TableVersion oldest = history.get(history.size() - 1);
        if (oldest.number() > 0) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_STORAGE,
                    place,
                    "Cannot restore " + id + ": its history was cleaned up from version 0 to " + (oldest.number() - 1),
                    "Rebuild the table of its pipeline and those made from it with --full-refresh."));
        }
        return oldest;
    }

    /** Returns the version that wrote the current rows: later ones changed none, or were RESTOREs of it. */
    private static long contentVersion(List<TableVersion> history) {
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

    /** Sets the retention of earlier versions in the table's properties, where it changed. */
    public void applyRetention(String run) {
        String interval = TableDefinition.interval(retention);
        if (!interval.equals(DeltaTables.properties(spark, location).get(TableDefinition.FILE_RETENTION))) {
            String properties = "SET TBLPROPERTIES ('" + TableDefinition.FILE_RETENTION + "' = '" + interval + "', '"
                    + TableDefinition.LOG_RETENTION + "' = '" + TableDefinition.logRetention(retention) + "')";
            DeltaTables.alter(spark, location, "ALTER TABLE", properties, CommitMetadata.ofAlteration(id, run));
        }
    }

    void delete(Column condition) {
        DeltaTable.forPath(spark, location).delete(condition);
    }

    /** Deletes the rows of a batch that does not count. */
    public void deleteBatch(BatchRecord batch) {
        if (exists()) {
            delete(functions
                    .col(TechnicalColumns.RUN_ID)
                    .equalTo(batch.run())
                    .and(functions.col(Quarantine.BATCH).equalTo(batch.number())));
        }
    }
}
