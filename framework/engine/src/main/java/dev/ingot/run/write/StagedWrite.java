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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The route by a stage: judged rows are set aside once, the gate is decided, and everything is written from there. */
public final class StagedWrite implements BatchWriter {

    private static final String ROWS = "rows";

    /** Small enough that a change of few rows rewrites little, and large enough that files are few. */
    private static final long FILE_BYTES = 32L << 20;

    private final CompiledPlan plan;
    private final BatchRecord batch;
    private final TargetTable table;
    private final AuxiliaryTable quarantine;
    private final LateEventTable memory;
    private final StagingArea stage;
    private final DeletedKeys disappeared;
    private final Consumer<String> warnings;
    private final RuleVerdicts verdicts;
    private final RuleMetrics measured;
    private final DivertedRows heldBack;
    private final Map<String, Long> violations = new LinkedHashMap<>();

    public StagedWrite(
            SparkSession spark,
            CompiledPlan plan,
            BatchRecord batch,
            TargetTable table,
            AuxiliaryTable quarantine,
            LateEventTable memory,
            StagingArea stage,
            DeletedKeys disappeared,
            Consumer<String> warnings) {
        this.plan = plan;
        this.batch = batch;
        this.table = table;
        this.quarantine = quarantine;
        this.memory = memory;
        this.stage = stage;
        this.disappeared = disappeared;
        this.warnings = warnings;
        this.verdicts = new RuleVerdicts(plan);
        this.measured = new RuleMetrics(plan);
        this.heldBack = new DivertedRows(spark, plan, batch);
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
        Dataset<Row> judged = stage.set(ROWS, plan.judged());
        Dataset<Row> held = heldBack.none() ? heldBack.rows() : stage.set("diverted", heldBack.rows());
        RuleMetrics.Figures figures = measured.of(judged);
        violations.putAll(figures.violations());
        long diverted = heldBack.none() ? 0 : DivertedRows.count(held, violations);
        long early = heldBack.dropped(violations);
        Dataset<Row> good = laid(table.conforming(verdicts.good(judged)));
        table.refuseEmptying(good);
        Optional<Dataset<Row>> gone = disappeared.from(table, judged).map(keys -> stage.set("gone", keys));
        KeyRange range = table.range(good, gone);
        Optional<Dataset<Row>> toRemember = table.target().remembered(good, table.options());
        Dataset<Row> changes = changes(good, gone, range, toRemember.isPresent());
        long rows = figures.rows() + diverted + early + gone.map(Dataset::count).orElse(0L);
        decide(rows, changes, range);
        long dropped = (violations.isEmpty() ? 0 : verdicts.dropped(judged).count()) + early;
        Dataset<Row> refused = held.unionByName(byRules(judged));
        // A refresh replaces what lies beside the table too: not before the table is there, or both could be lost.
        boolean refresh = batch.refreshMode() == RefreshMode.FULL;
        Optional<TableVersion> after = refresh ? Optional.of(table.commit(changes, range)) : Optional.empty();
        boolean anyRefused = diverted > 0 || verdicts.quarantines(violations);
        long kept = refresh || anyRefused ? quarantine.keep(refused, batch) : 0;
        toRemember.ifPresent(events -> memory.keep(events, batch));
        TableVersion version = after.orElseGet(() -> table.commit(changes, range));
        RowCounts counts = tally(version, changes, rows, dropped, kept);
        if (counts.superseded() > 0) {
            SequenceTies.in(good, plan.plan()).ifPresent(warnings);
        }
        return new Written(version, counts, violations);
    }

    /**
     * The rows of a table that is made now lie in the order of their partitions and keys, so that there are few files,
     * and a later batch meets few of them.
     * Spark needs no other shuffle to find the newest row of each key.
     */
    private Dataset<Row> laid(Dataset<Row> good) {
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
        Optional<Dataset<Row>> remembered = remembers && batch.refreshMode() == RefreshMode.INCREMENTAL
                ? memory.events(good, batch)
                : Optional.empty();
        // Several snapshots of one run are as many moments.
        Instant at = batch.runValues().startedAt().plusMillis(plan.plan().oneAtATime() ? batch.number() : 0);
        Dataset<Row> there = table.rows().filter(range.holds(Columns::named));
        TargetInput incoming = new TargetInput(good, gone, plan.plan().whole(), there, remembered, at);
        Dataset<Row> changes = table.target().changes(incoming, table.options(), table.destination(range));
        // MERGE reads its source more than once, and counts are taken from it.
        boolean readAgain = table.adds() && plan.plan().definition().keyed().isPresent();
        return readAgain || Columns.has(changes, RowMarkers.EVENT) ? stage.set("changes", changes) : changes;
    }

    private void decide(long rows, Dataset<Row> changes, KeyRange range) {
        QualityGate gate = new QualityGate(plan).rows(violations, rows);
        if (!plan.tableRules().isEmpty()) {
            Dataset<Row> written = changes.filter(RowMarkers.does(RowMarkers.Action.WRITE));
            Dataset<Row> after = table.target().after(changes, table.rows(), table.options(), table.destination(range));
            gate.table(after, written, violations);
        }
        gate.decide();
    }

    private Dataset<Row> byRules(Dataset<Row> judged) {
        return Quarantine.of(
                verdicts.quarantined(judged),
                verdicts.violatedRules(),
                verdicts.names(),
                batch.runValues(),
                batch.number());
    }

    private RowCounts tally(TableVersion version, Dataset<Row> changes, long rows, long dropped, long kept) {
        if (Columns.has(changes, RowMarkers.EVENT)) {
            return CommitCounts.ofEvents(effects(changes), rows, dropped, kept);
        }
        return version.operation().equals("MERGE")
                ? CommitCounts.ofMerged(version, rows, dropped, kept, () -> asWanted(changes, version))
                : CommitCounts.ofAppended(version, rows, dropped, kept);
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

    /** How many of the changes the table shows: rows that it holds just so, and keys that it does not hold. */
    private long asWanted(Dataset<Row> changes, TableVersion version) {
        Dataset<Row> now = table.at(version).as("t");
        List<String> keys = plan.plan().definition().identity();
        Column same = keys.stream()
                .map(key ->
                        functions.col("s." + Columns.quoted(key)).equalTo(functions.col("t." + Columns.quoted(key))))
                .reduce(Column::and)
                .orElseThrow();
        Column there = functions.col("t." + Columns.quoted(keys.get(0))).isNotNull();
        Column justSo =
                LatestRow.contentHash(changes, List.of(), "s").equalTo(LatestRow.contentHash(changes, List.of(), "t"));
        Column write = RowMarkers.does("s", RowMarkers.Action.WRITE);
        return changes.as("s")
                .join(now, same, "left")
                .filter(write.and(there).and(justSo).or(functions.not(write).and(functions.not(there))))
                .count();
    }
}
