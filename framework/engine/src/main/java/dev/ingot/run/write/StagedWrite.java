package dev.ingot.run.write;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.Quarantine;
import dev.ingot.component.TargetInput;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.KeyRange;
import dev.ingot.component.rows.LatestRow;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.delta.TableVersion;
import dev.ingot.options.ColumnName;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.RefreshMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Writes a batch by the staged route: its checked rows are stored once, the quality gate decides on their counts, and
 * quarantine, late events and table are written from the staging area.
 */
public final class StagedWrite implements BatchWriter {

    private static final String ROWS = "rows";

    /** Small enough that changing a few rows rewrites little, and large enough that files are few. */
    private static final long FILE_BYTES = 32L << 20;

    private final CheckedBatch batch;
    private final CompiledPlan plan;
    private final BatchRecord record;
    private final TargetTable table;
    private final LateEventTable lateEvents;
    private final StagingArea stage;
    private final DeletedKeys deletedKeys;

    public StagedWrite(CheckedBatch batch, LateEventTable lateEvents, StagingArea stage) {
        this.batch = Objects.requireNonNull(batch, "batch");
        this.plan = batch.plan();
        this.record = batch.record();
        this.table = batch.table();
        this.lateEvents = Objects.requireNonNull(lateEvents, "lateEvents");
        this.stage = Objects.requireNonNull(stage, "stage");
        this.deletedKeys = new DeletedKeys(plan, batch.warnings());
    }

    @Override
    public Written write() {
        try {
            return fromStage();
        } finally {
            stage.delete();
        }
    }

    private Written fromStage() {
        Map<String, Long> violations = batch.violations();
        DivertedRows divertedRows = batch.diverted();
        Dataset<Row> judged = stage.store(ROWS, plan.checkedRows());
        Dataset<Row> diverted =
                divertedRows.isEmpty() ? divertedRows.rows() : stage.store("diverted", divertedRows.rows());
        RuleMetrics.Figures figures = batch.metrics().of(judged);
        violations.putAll(figures.violations());
        long divertedCount = divertedRows.isEmpty() ? 0 : DivertedRows.count(diverted, violations);
        long droppedEarly = divertedRows.dropped(violations);
        Dataset<Row> good = clustered(table.conforming(batch.verdicts().good(judged)));
        table.refuseEmptying(good);
        Optional<Dataset<Row>> gone = deletedKeys.from(table, judged).map(keys -> stage.store("gone", keys));
        KeyRange range = table.range(good, gone);
        Optional<Dataset<Row>> toRemember = table.target().eventsToStore(good, table.options());
        Dataset<Row> changes = changes(good, gone, range, toRemember.isPresent());
        long rows = figures.rows()
                + divertedCount
                + droppedEarly
                + gone.map(Dataset::count).orElse(0L);
        decide(rows, changes, range);
        long dropped =
                (violations.isEmpty() ? 0 : batch.verdicts().dropped(judged).count()) + droppedEarly;
        Dataset<Row> rejected = diverted.unionByName(violating(judged));
        // A refresh replaces the auxiliary tables too: only after the table itself, or both could be lost.
        boolean refresh = record.refreshMode() == RefreshMode.FULL;
        Optional<TableVersion> refreshed = refresh ? Optional.of(table.commit(changes, range)) : Optional.empty();
        boolean anyRejected = divertedCount > 0 || batch.verdicts().quarantines(violations);
        long quarantined = refresh || anyRejected ? batch.quarantine().write(rejected, record) : 0;
        toRemember.ifPresent(events -> lateEvents.write(events, record));
        TableVersion version = refreshed.orElseGet(() -> table.commit(changes, range));
        RowCounts counts = counts(version, changes, rows, dropped, quarantined);
        if (counts.superseded() > 0) {
            SequenceTies.in(good, plan.plan()).ifPresent(batch.warnings());
        }
        return new Written(version, counts, violations);
    }

    /**
     * Orders the rows of a table that is created now by its partitions and keys, so that there are few files and a later
     * batch touches few of them. Spark needs no other shuffle to find the latest row of each key.
     */
    private Dataset<Row> clustered(Dataset<Row> good) {
        List<ColumnName> keys = plan.plan().definition().keys();
        if (!table.isEmpty() || keys.isEmpty()) {
            return good;
        }
        int files = Math.toIntExact(Math.max(1, stage.bytes(ROWS) / FILE_BYTES));
        Column[] order = Stream.concat(plan.plan().target().settings().partitionBy().stream(), keys.stream())
                .map(column -> Columns.of(good, column))
                .toArray(Column[]::new);
        return good.repartitionByRange(files, order);
    }

    private Dataset<Row> changes(Dataset<Row> good, Optional<Dataset<Row>> gone, KeyRange range, boolean remembers) {
        Optional<Dataset<Row>> remembered = remembers && record.refreshMode() == RefreshMode.INCREMENTAL
                ? lateEvents.events(good, record)
                : Optional.empty();
        // Several snapshots in one run are as many points in time.
        Instant at = record.runValues().startedAt().plusMillis(plan.plan().snapshotPerBatch() ? record.number() : 0);
        Dataset<Row> stored = table.rows().filter(range.contains(Columns::named));
        TargetInput input = new TargetInput(good, gone, plan.plan().readsFullSnapshot(), stored, remembered, at);
        Dataset<Row> changes = table.target().changes(input, table.options(), table.writeContext(range));
        // MERGE reads its source more than once, and the row counts are computed from it.
        boolean readAgain =
                table.isIncremental() && plan.plan().definition().keyed().isPresent();
        return readAgain || Columns.has(changes, RowMarkers.EVENT) ? stage.store("changes", changes) : changes;
    }

    private void decide(long rows, Dataset<Row> changes, KeyRange range) {
        QualityGate gate = new QualityGate(plan).rows(batch.violations(), rows);
        if (!plan.tableRules().isEmpty()) {
            Dataset<Row> written = changes.filter(RowMarkers.hasAction(RowMarkers.Action.WRITE));
            Dataset<Row> after =
                    table.target().after(changes, table.rows(), table.options(), table.writeContext(range));
            gate.table(after, written, batch.violations());
        }
        gate.decide();
    }

    private Dataset<Row> violating(Dataset<Row> judged) {
        RuleVerdicts verdicts = batch.verdicts();
        return Quarantine.of(
                verdicts.quarantined(judged),
                verdicts.violatedRules(),
                verdicts.names(),
                record.runValues(),
                record.number());
    }

    private RowCounts counts(TableVersion version, Dataset<Row> changes, long rows, long dropped, long quarantined) {
        if (Columns.has(changes, RowMarkers.EVENT)) {
            return RowCounts.ofEvents(effects(changes), rows, dropped, quarantined);
        }
        return version.operation().equals("MERGE")
                ? RowCounts.ofMerge(version, rows, dropped, quarantined, () -> applied(changes, version))
                : RowCounts.ofAppend(version, rows, dropped, quarantined);
    }

    private static Map<String, Long> effects(Dataset<Row> changes) {
        Map<String, Long> effects = new LinkedHashMap<>();
        changes.filter(functions.col(RowMarkers.EVENT).isNotNull())
                .groupBy(RowMarkers.EVENT)
                .count()
                .collectAsList()
                .forEach(row -> effects.put(row.getString(0), row.getLong(1)));
        return effects;
    }

    /** Counts the changes that the table shows: rows with the same content, and deleted keys that it does not have. */
    private long applied(Dataset<Row> changes, TableVersion version) {
        Dataset<Row> now = table.at(version).as("t");
        List<String> keys = plan.plan().definition().identity();
        Column sameKey = keys.stream()
                .map(key ->
                        functions.col("s." + Columns.quoted(key)).equalTo(functions.col("t." + Columns.quoted(key))))
                .reduce(Column::and)
                .orElseThrow();
        Column stored = functions.col("t." + Columns.quoted(keys.get(0))).isNotNull();
        Column sameContent =
                LatestRow.contentHash(changes, List.of(), "s").equalTo(LatestRow.contentHash(changes, List.of(), "t"));
        Column write = RowMarkers.hasAction("s", RowMarkers.Action.WRITE);
        return changes.as("s")
                .join(now, sameKey, "left")
                .filter(write.and(stored)
                        .and(sameContent)
                        .or(functions.not(write).and(functions.not(stored))))
                .count();
    }
}
