package dev.ingot.run;

import dev.ingot.compile.Quarantine;
import dev.ingot.component.Commit;
import dev.ingot.component.TechnicalColumns;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.Version;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommitNote;
import dev.ingot.state.Lake;
import io.delta.tables.DeltaTable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A table beside a pipeline's own, each of whose rows belongs to a batch and counts as long as the batch does: the
 * quarantine, and the memory of events.
 *
 * @param id by which its commits are told from those of others
 * @param location its address
 * @param place of the pipeline
 */
record Companion(SparkSession spark, TableId id, String location, SourceSpan place) {

    /** The quarantine of a pipeline. */
    static Companion quarantine(SparkSession spark, Lake lake, TableId pipeline, SourceSpan place) {
        return new Companion(spark, pipeline.quarantine(), lake.table(pipeline.quarantine()), place);
    }

    /** The memory of the events of a pipeline. */
    static Companion memory(SparkSession spark, Lake lake, TableId pipeline, SourceSpan place) {
        return new Companion(
                spark, new TableId(pipeline.layer(), pipeline.table() + "_events"), lake.events(pipeline), place);
    }

    boolean exists() {
        return DeltaTables.exists(spark, location);
    }

    /** Keeps rows of a batch; those of a refresh replace all others. Says how many there were. */
    long keep(Dataset<Row> rows, BatchRecord batch) {
        boolean refresh = batch.scope() == BatchRecord.Scope.REFRESH;
        boolean replaces = refresh && exists();
        if (rows.isEmpty() && !replaces) {
            return 0;
        }
        DeltaTables.create(spark, location, rows.schema(), Map.of("delta.enableChangeDataFeed", "true"));
        Commit commit = CommitNote.commit(id, batch, DeltaTables.id(spark, location), 0);
        rows.write()
                .format("delta")
                .mode(refresh ? "overwrite" : "append")
                .option(refresh ? "overwriteSchema" : "mergeSchema", true)
                .options(commit.writerOptions())
                .save(location);
        return new Commits(spark).ours(location, batch, place).metric("numOutputRows");
    }

    /**
     * Puts the table back to the rows of some batches.
     *
     * @param counting the batches that count, oldest first: what the table was after one of them had been written, or
     *     before all of them
     */
    void restore(List<BatchRecord> counting) {
        if (exists()) {
            List<Version> history = DeltaTables.newestFirst(spark, location).toList();
            Version then = history.stream()
                    .filter(version -> counting.stream().anyMatch(batch -> CommitNote.isOf(batch, version)))
                    .findFirst()
                    .orElseGet(() -> history.get(history.size() - 1));
            if (then.number() < history.get(0).number()) {
                DeltaTable.forPath(spark, location).restoreToVersion(then.number());
            }
        }
    }

    /** Takes out the rows of a batch, because the batch does not count. */
    void withdraw(BatchRecord batch) {
        if (exists()) {
            DeltaTable.forPath(spark, location)
                    .delete(functions
                            .col(TechnicalColumns.RUN_ID)
                            .equalTo(batch.run())
                            .and(functions.col(Quarantine.BATCH).equalTo(batch.number())));
        }
    }
}
