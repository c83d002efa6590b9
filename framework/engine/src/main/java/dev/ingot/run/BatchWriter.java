package dev.ingot.run;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.Diversion;
import dev.ingot.compile.Quarantine;
import dev.ingot.component.Columns;
import dev.ingot.component.Commit;
import dev.ingot.component.Newest;
import dev.ingot.component.Target;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.Version;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.names.TableId;
import dev.ingot.options.ColumnName;
import dev.ingot.plan.Route;
import dev.ingot.spec.OnViolation;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommitNote;
import dev.ingot.state.Lake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Writes one batch by the route of its plan: quarantine and table, each in one commit that a repetition cannot double. */
final class BatchWriter {

    private final SparkSession spark;
    private final Lake lake;
    private final CompiledPlan plan;
    private final BatchRecord batch;
    private final Verdicts verdicts;
    private final Measured measured;
    private final Target<Record> target;
    private final Map<String, Long> violations = new LinkedHashMap<>();
    private Optional<String> tableId;
    private Dataset<Row> incoming;

    /**
     * A writer of one batch.
     *
     * @param tableId Delta's identity of the table; empty when there is none yet
     */
    @SuppressWarnings("unchecked")
    BatchWriter(SparkSession spark, Lake lake, CompiledPlan plan, BatchRecord batch, Optional<String> tableId) {
        this.spark = spark;
        this.lake = lake;
        this.plan = plan;
        this.batch = batch;
        this.tableId = tableId;
        this.verdicts = new Verdicts(plan);
        this.measured = new Measured(plan);
        this.target = plan.plan().pipeline().target().component().instantiate(Target.class);
    }

    /** What was written besides the table's own commit, which says the rest. */
    record Written(long rows, long dropped, long quarantined, Map<String, Long> violations) {}

    /**
     * Writes the batch.
     *
     * @param restored the newest RESTORE of the table; 0 when there was none
     * @throws IngotException when a rule refuses the batch; nothing is written then
     */
    Written write(long restored) {
        return plan.plan().route() == Route.STAGED ? staged(restored) : atOnce(restored);
    }

    private Written atOnce(long restored) {
        refuseEmptying(plan.judged());
        Observation observation = new Observation();
        Dataset<Row> judged = measured.observed(observation);
        Dataset<Row> rows = plan.plan().route() == Route.GUARDED ? verdicts.guarded(judged) : judged;
        try {
            commit(target.incoming(verdicts.good(rows), options()), restored);
        } catch (Exception failure) {
            throw verdicts.refusedBy(failure)
                    .map(rule -> new IngotException(Gate.refusal(plan, rule, Optional.of(howMany(rule))), failure))
                    .map(RuntimeException.class::cast)
                    .orElseGet(() -> Failures.unchecked(failure));
        }
        Measured.Figures figures =
                Observed.within(observation).map(measured::figures).orElseGet(() -> measured.of(plan.judged()));
        violations.putAll(figures.violations());
        long diverted = quarantine(diverted());
        long dropped = figures.violations().isEmpty()
                ? 0
                : verdicts.dropped(plan.judged()).count();
        long early = droppedOnTheWay();
        return new Written(figures.rows() + diverted + early, dropped + early, diverted, violations);
    }

    /** Before anything is written: an overwrite without rows would empty the table. */
    private void refuseEmptying(Dataset<Row> judged) {
        boolean guarded = tableId.isPresent() && !target.mayEmpty(options());
        if (guarded
                && !DeltaTables.current(spark, location()).isEmpty()
                && verdicts.good(judged).isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.DATA_EMPTY,
                    plan.plan().pipeline().target().span(),
                    "Cannot replace " + plan.plan().id() + ": no row is left to write, and the table has rows now",
                    "Look why the input is empty, or say 'allow_empty: true' under 'target:'."));
        }
    }

    private String howMany(String rule) {
        long count = measured.of(plan.judged()).violations().getOrDefault(rule, 0L);
        return count + (count == 1 ? " row violates it" : " rows violate it");
    }

    private Written staged(long restored) {
        String stage = lake.stage(plan.plan().id()) + "/" + batch.number() + "-" + batch.run();
        plan.judged().write().mode("overwrite").parquet(stage + "/rows");
        Dataset<Row> judged = spark.read().schema(plan.judged().schema()).parquet(stage + "/rows");
        Dataset<Row> held = spark.createDataFrame(List.of(), Quarantine.SCHEMA);
        if (diverted().isPresent()) {
            diverted().orElseThrow().write().mode("overwrite").parquet(stage + "/diverted");
            held = spark.read().schema(Quarantine.SCHEMA).parquet(stage + "/diverted");
        }
        Measured.Figures figures = measured.of(judged);
        violations.putAll(figures.violations());
        long diverted = countDiverted(held);
        long early = droppedOnTheWay();
        long rows = figures.rows() + diverted + early;
        Dataset<Row> winners = target.incoming(verdicts.good(judged), options());
        Gate gate = new Gate(plan).rows(violations, rows);
        if (!plan.tableRules().isEmpty()) {
            gate.table(after(winners), winners, violations);
        }
        gate.decide();
        refuseEmptying(judged);
        long refused = violations.isEmpty() ? 0 : verdicts.quarantined(judged).count();
        long dropped = violations.isEmpty() ? 0 : verdicts.dropped(judged).count();
        if (refused + diverted > 0) {
            Dataset<Row> byRules = Quarantine.of(
                    verdicts.quarantined(judged), verdicts.violatedRules(), verdicts.names(), batch.runValues());
            quarantine(Optional.of(held.unionByName(byRules)));
        }
        commit(winners, restored);
        return new Written(rows, dropped + early, refused + diverted, violations);
    }

    private long countDiverted(Dataset<Row> held) {
        long all = 0;
        for (Row row :
                held.groupBy(functions.col(Quarantine.RULES).getItem(0)).count().collectAsList()) {
            violations.merge(row.getString(0), row.getLong(1), Long::sum);
            all += row.getLong(1);
        }
        return all;
    }

    private Dataset<Row> after(Dataset<Row> winners) {
        Dataset<Row> current = tableId.isPresent() && batch.scope() == BatchRecord.Scope.BATCH
                ? DeltaTables.current(spark, location())
                : spark.createDataFrame(List.of(), plan.schema());
        return target.after(winners, current, options());
    }

    /** The rows that did not reach the rules, in the shape of the quarantine; empty when nothing can divert any. */
    private Optional<Dataset<Row>> diverted() {
        Dataset<Row> all = null;
        for (Diversion diversion : diversions(OnViolation.QUARANTINE, OnViolation.FAIL)) {
            Dataset<Row> held = Quarantine.of(
                    diversion.rows(),
                    functions.array(functions.lit(diversion.rule())),
                    List.of(diversion.rows().columns()),
                    batch.runValues());
            all = all == null ? held : all.unionByName(held);
        }
        return Optional.ofNullable(all);
    }

    private List<Diversion> diversions(OnViolation... actions) {
        return plan.diversions().stream()
                .filter(diversion -> List.of(actions).contains(diversion.action()))
                .toList();
    }

    /** How many rows steps left out because they are told to. */
    private long droppedOnTheWay() {
        long dropped = 0;
        for (Diversion diversion : diversions(OnViolation.DROP)) {
            long count = diversion.rows().count();
            if (count > 0) {
                violations.merge(diversion.rule(), count, Long::sum);
            }
            dropped += count;
        }
        return dropped;
    }

    /** Appends rows to the quarantine table; says how many there were. */
    private long quarantine(Optional<Dataset<Row>> held) {
        if (held.isEmpty() || held.get().isEmpty()) {
            return 0;
        }
        TableId quarantine = plan.plan().id().quarantine();
        String address = lake.table(quarantine);
        DeltaTables.create(spark, address, Quarantine.SCHEMA, Map.of("delta.enableChangeDataFeed", "true"));
        Commit commit = CommitNote.commit(quarantine, batch, DeltaTables.id(spark, address), 0);
        held.get()
                .write()
                .format("delta")
                .mode("append")
                .options(commit.writerOptions())
                .save(address);
        return CommitNote.find(batch, DeltaTables.history(spark, address, 20))
                .map(version -> version.metric("numOutputRows"))
                .orElse(0L);
    }

    private void commit(Dataset<Row> rows, long restored) {
        incoming = rows;
        if (tableId.isEmpty()) {
            NewTables.create(spark, lake, plan.plan(), plan.schema());
            tableId = Optional.of(DeltaTables.id(spark, location()));
        }
        Commit commit = CommitNote.commit(plan.plan().id(), batch, tableId.get(), restored);
        if (batch.scope() == BatchRecord.Scope.REFRESH) {
            incoming.write()
                    .format("delta")
                    .mode("overwrite")
                    .option("overwriteSchema", true)
                    .options(commit.writerOptions())
                    .save(location());
        } else {
            target.write(incoming, plan.gone(), options(), location(), commit);
        }
    }

    /** Delta's identity of the table that was written. */
    String tableId() {
        return tableId.orElseThrow();
    }

    private Record options() {
        return plan.plan().pipeline().target().options();
    }

    private String location() {
        return lake.table(plan.plan().id());
    }

    /** Where the rows went, as the commit of the table and what was counted on the way tell it. */
    Counts counts(Written written, Version version) {
        boolean merged = version.operation().equals("MERGE");
        long inserted = version.metric(merged ? "numTargetRowsInserted" : "numOutputRows");
        long updated = version.metric("numTargetRowsUpdated");
        long deleted = version.metric("numTargetRowsDeleted");
        long rest = written.rows() - written.dropped() - written.quarantined() - inserted - updated;
        long same = merged && version.metric("numSourceRows") > inserted + updated + deleted
                ? asWritten(version) - inserted - updated
                : 0;
        return new Counts(
                written.rows(),
                inserted,
                updated,
                deleted,
                same,
                rest - same,
                written.dropped(),
                written.quarantined());
    }

    /** How many rows of the batch the table holds just so. */
    private long asWritten(Version version) {
        Dataset<Row> table = DeltaTables.at(spark, location(), version.number()).as("t");
        Column same =
                Newest.contentHash(incoming, List.of(), "s").equalTo(Newest.contentHash(incoming, List.of(), "t"));
        for (ColumnName key : plan.plan().pipeline().keys()) {
            String name = Columns.quoted(key.name());
            same = same.and(functions.col("s." + name).equalTo(functions.col("t." + name)));
        }
        return incoming.as("s").join(table, same, "left_semi").count();
    }
}
