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
import dev.ingot.options.ColumnName;
import dev.ingot.plan.Route;
import dev.ingot.spec.OnViolation;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommitNote;
import dev.ingot.state.Lake;
import dev.ingot.state.LakeFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Writes one batch by the route of its plan: quarantine and table, each in one commit that a repetition cannot double. */
final class BatchWriter {

    private final SparkSession spark;
    private final LakeFiles files;
    private final Lake lake;
    private final CompiledPlan plan;
    private final BatchRecord batch;
    private final Optional<Version> landed;
    private final QuarantineTable quarantine;
    private final Consumer<String> warnings;
    private final Verdicts verdicts;
    private final Measured measured;
    private final Target<Record> target;
    private final Map<String, Long> violations = new LinkedHashMap<>();
    private Optional<String> tableId;

    /**
     * A writer of one batch.
     *
     * @param tableId the table's identity; empty when there is none yet
     */
    @SuppressWarnings("unchecked")
    BatchWriter(
            SparkSession spark,
            LakeFiles files,
            Lake lake,
            CompiledPlan plan,
            Recovery.Unfinished unfinished,
            Optional<String> tableId,
            QuarantineTable quarantine,
            Consumer<String> warnings) {
        this.spark = spark;
        this.files = files;
        this.lake = lake;
        this.plan = plan;
        this.batch = unfinished.batch();
        this.landed = unfinished.landed();
        this.tableId = tableId;
        this.quarantine = quarantine;
        this.warnings = warnings;
        this.verdicts = new Verdicts(plan);
        this.measured = new Measured(plan);
        this.target = plan.plan().pipeline().target().component().instantiate(Target.class);
    }

    /** The version that the batch made, and where its rows went. */
    record Written(Version version, Counts counts, Map<String, Long> violations) {}

    /**
     * Writes the batch.
     *
     * @param restored the newest RESTORE of the table; 0 when there was none
     * @throws IngotException when a rule refuses the batch, and nothing is written then; or when another run wrote it
     */
    Written write(long restored) {
        return plan.plan().route() == Route.STAGED ? staged(restored) : atOnce(restored);
    }

    private Written atOnce(long restored) {
        refuseEmptying(plan.judged());
        Observation observation = new Observation();
        Dataset<Row> judged = measured.observed(observation);
        Dataset<Row> rows = plan.plan().route() == Route.GUARDED ? verdicts.guarded(judged) : judged;
        Version version;
        try {
            version = commit(target.incoming(verdicts.good(rows), options()), Optional.empty(), restored);
        } catch (Exception failure) {
            throw verdicts.refusedBy(failure)
                    .map(rule -> new IngotException(Gate.refusal(plan, rule, Optional.of(howMany(rule))), failure))
                    .map(RuntimeException.class::cast)
                    .orElseGet(() -> Failures.unchecked(failure));
        }
        Measured.Figures figures =
                Observed.within(observation).map(measured::figures).orElseGet(() -> measured.of(plan.judged()));
        violations.putAll(figures.violations());
        long refused = dropped(plan.judged());
        if (figures.rows() - refused != version.metric("numOutputRows")) {
            figures = recounted(refused, version);
        }
        long held = quarantine.keep(diverted(), batch);
        if (held > 0) {
            countDiverted(diverted());
        }
        long early = droppedOnTheWay();
        Counts counts = Tally.ofAppended(version, figures.rows() + held + early, refused + early, held);
        return new Written(version, counts, violations);
    }

    /** Spark observes a row again when it repeats a task; then only a pass of its own tells. */
    private Measured.Figures recounted(long refused, Version version) {
        Measured.Figures figures = measured.of(plan.judged());
        if (figures.rows() - refused != version.metric("numOutputRows")) {
            warnings.accept("The counts of batch " + batch.number() + " of " + batch.pipeline() + " are not certain: "
                    + version.metric("numOutputRows") + " rows were written, and " + figures.rows() + " were read of"
                    + " which rules left out " + refused + ".");
        }
        return figures;
    }

    private long dropped(Dataset<Row> judged) {
        return violations.isEmpty() ? 0 : verdicts.dropped(judged).count();
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
        Stage stage = new Stage(spark, files, lake.stage(plan.plan().id()), batch);
        try {
            return fromStage(stage, restored);
        } finally {
            stage.delete();
        }
    }

    private Written fromStage(Stage stage, long restored) {
        Dataset<Row> judged = stage.set("rows", plan.judged());
        Dataset<Row> held = diversions(OnViolation.QUARANTINE, OnViolation.FAIL).isEmpty()
                ? diverted()
                : stage.set("diverted", diverted());
        Measured.Figures figures = measured.of(judged);
        violations.putAll(figures.violations());
        long diverted = countDiverted(held);
        long early = droppedOnTheWay();
        long rows = figures.rows() + diverted + early;
        Dataset<Row> winners = target.incoming(verdicts.good(judged), options());
        Optional<Dataset<Row>> gone = new Disappeared(plan).from(this::table, judged);
        Gate gate = new Gate(plan).rows(violations, rows);
        if (!plan.tableRules().isEmpty()) {
            gate.table(target.after(winners, gone, table(), options()), winners, violations);
        }
        gate.decide();
        refuseEmptying(judged);
        long dropped = dropped(judged) + early;
        Dataset<Row> byRules = Quarantine.of(
                verdicts.quarantined(judged),
                verdicts.violatedRules(),
                verdicts.names(),
                batch.runValues(),
                batch.number());
        Dataset<Row> refused = held.unionByName(byRules);
        // A refresh replaces the quarantine too: not before the table is there, or both could be lost.
        boolean refresh = batch.scope() == BatchRecord.Scope.REFRESH;
        long kept = refresh ? 0 : quarantine.keep(refused, batch);
        Version version = commit(winners, gone, restored);
        kept += refresh ? quarantine.keep(refused, batch) : 0;
        return new Written(version, tally(version, winners, rows, dropped, kept), violations);
    }

    private Counts tally(Version version, Dataset<Row> winners, long rows, long dropped, long kept) {
        return version.operation().equals("MERGE")
                ? Tally.ofMerged(version, rows, dropped, kept, () -> asWritten(winners, version))
                : Tally.ofAppended(version, rows, dropped, kept);
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

    /** The table that the batch is written to, as it is without the batch. */
    private Dataset<Row> table() {
        if (landed.isPresent() && batch.scope() == BatchRecord.Scope.BATCH) {
            return DeltaTables.at(spark, location(), landed.get().number() - 1);
        }
        return tableId.isPresent() && batch.scope() == BatchRecord.Scope.BATCH
                ? DeltaTables.current(spark, location())
                : spark.createDataFrame(List.of(), plan.schema());
    }

    /** The rows that did not reach the rules, in the shape of the quarantine. */
    private Dataset<Row> diverted() {
        Dataset<Row> all = spark.createDataFrame(List.of(), Quarantine.SCHEMA);
        for (Diversion diversion : diversions(OnViolation.QUARANTINE, OnViolation.FAIL)) {
            all = all.unionByName(Quarantine.of(
                    diversion.rows(),
                    functions.array(functions.lit(diversion.rule())),
                    List.of(diversion.rows().columns()),
                    batch.runValues(),
                    batch.number()));
        }
        return all;
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

    private Version commit(Dataset<Row> rows, Optional<Dataset<Row>> gone, long restored) {
        if (tableId.isEmpty()) {
            NewTables.create(spark, lake, plan.plan(), plan.schema());
            tableId = Optional.of(DeltaTables.id(spark, location()));
        }
        Commit commit = CommitNote.commit(plan.plan().id(), batch, tableId.get(), restored);
        if (batch.scope() == BatchRecord.Scope.REFRESH) {
            rows.write()
                    .format("delta")
                    .mode("overwrite")
                    .option("overwriteSchema", true)
                    .options(commit.writerOptions())
                    .save(location());
        } else {
            target.write(rows, gone, options(), location(), commit);
        }
        return new Commits(spark).ours(location(), batch, plan.plan().pipeline().span());
    }

    /** The identity of the table that was written. */
    String tableId() {
        return tableId.orElseThrow();
    }

    private Record options() {
        return plan.plan().pipeline().target().options();
    }

    private String location() {
        return lake.table(plan.plan().id());
    }

    /** How many rows of the batch the table holds just so. */
    private long asWritten(Dataset<Row> winners, Version version) {
        Dataset<Row> table = DeltaTables.at(spark, location(), version.number()).as("t");
        Column same = Newest.contentHash(winners, List.of(), "s").equalTo(Newest.contentHash(winners, List.of(), "t"));
        for (ColumnName key : plan.plan().pipeline().keys()) {
            String name = Columns.quoted(key.name());
            same = same.and(functions.col("s." + name).equalTo(functions.col("t." + name)));
        }
        return winners.as("s").join(table, same, "left_semi").count();
    }
}
