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

/** The table that keeps what a pipeline holds back. */
final class QuarantineTable {

    private final SparkSession spark;
    private final TableId id;
    private final String location;
    private final SourceSpan place;

    QuarantineTable(SparkSession spark, Lake lake, TableId pipeline, SourceSpan place) {
        this.spark = spark;
        this.id = pipeline.quarantine();
        this.location = lake.table(id);
        this.place = place;
    }

    /** Keeps the rows that a batch holds back; those of a refresh replace all others. Says how many there were. */
    long keep(Dataset<Row> held, BatchRecord batch) {
        boolean refresh = batch.scope() == BatchRecord.Scope.REFRESH;
        boolean replaces = refresh && DeltaTables.exists(spark, location);
        if (held.isEmpty() && !replaces) {
            return 0;
        }
        DeltaTables.create(spark, location, Quarantine.SCHEMA, Map.of("delta.enableChangeDataFeed", "true"));
        Commit commit = CommitNote.commit(id, batch, DeltaTables.id(spark, location), 0);
        held.write()
                .format("delta")
                .mode(refresh ? "overwrite" : "append")
                .options(commit.writerOptions())
                .save(location);
        return new Commits(spark).ours(location, batch, place).metric("numOutputRows");
    }

    /**
     * Puts the table back to what some batches held back.
     *
     * @param counting the batches that count, oldest first: what the quarantine was after one of them had been written,
     *     or before all of them
     */
    void restore(List<BatchRecord> counting) {
        if (DeltaTables.exists(spark, location)) {
            List<Version> history = DeltaTables.history(spark, location);
            Version then = history.stream()
                    .filter(version -> counting.stream().anyMatch(batch -> CommitNote.isOf(batch, version)))
                    .findFirst()
                    .orElseGet(() -> history.get(history.size() - 1));
            if (then.number() < history.get(0).number()) {
                DeltaTable.forPath(spark, location).restoreToVersion(then.number());
            }
        }
    }

    /** Takes out what a batch held back, because the batch does not count. */
    void withdraw(BatchRecord batch) {
        if (DeltaTables.exists(spark, location)) {
            DeltaTable.forPath(spark, location)
                    .delete(functions
                            .col(TechnicalColumns.RUN_ID)
                            .equalTo(batch.run())
                            .and(functions.col(Quarantine.BATCH).equalTo(batch.number())));
        }
    }
}
