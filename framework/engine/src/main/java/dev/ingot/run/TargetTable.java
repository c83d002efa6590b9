package dev.ingot.run;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.Parameters;
import dev.ingot.component.Columns;
import dev.ingot.component.Commit;
import dev.ingot.component.Destination;
import dev.ingot.component.Marks;
import dev.ingot.component.Shape;
import dev.ingot.component.Target;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.Version;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.options.ColumnName;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommitNote;
import dev.ingot.state.Lake;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The table that a batch is written to, in one commit that a repetition cannot double. */
final class TargetTable {

    private final SparkSession spark;
    private final Lake lake;
    private final CompiledPlan plan;
    private final BatchRecord batch;
    private final Optional<Version> landed;
    private final long restored;
    private final Target<Record> target;
    private final SchemaChange change;
    private Optional<String> id;

    /**
     * The table of a plan.
     *
     * @param id the table's identity; empty when there is none yet
     * @param restored the newest RESTORE of the table; 0 when there was none
     */
    @SuppressWarnings("unchecked")
    TargetTable(
            SparkSession spark,
            Lake lake,
            CompiledPlan plan,
            Recovery.Unfinished unfinished,
            Optional<String> id,
            long restored) {
        this.spark = spark;
        this.lake = lake;
        this.plan = plan;
        this.batch = unfinished.batch();
        this.landed = unfinished.landed();
        this.id = id;
        this.restored = restored;
        this.target = plan.plan().pipeline().target().component().instantiate(Target.class);
        this.change = adds()
                ? SchemaChange.between(DeltaTables.current(spark, location()).schema(), plan.schema())
                : SchemaChange.none(plan.schema());
    }

    Target<Record> target() {
        return target;
    }

    Record options() {
        return plan.plan().pipeline().target().options();
    }

    Destination destination() {
        return new Destination(
                location(),
                Arrays.asList(partitions()),
                new Parameters(plan.plan().pipeline().parameters())::bound);
    }

    /** The identity of the table that was written. */
    String id() {
        return id.orElseThrow();
    }

    /** How the table's columns change with the batch; what a source holds may have others than were planned. */
    SchemaChange change() {
        return change;
    }

    /** The table as it is without the batch, with the columns that it gets. */
    Dataset<Row> rows() {
        if (!adds()) {
            return spark.createDataFrame(List.of(), plan.schema());
        }
        Dataset<Row> now = landed.isPresent()
                ? DeltaTables.at(spark, location(), landed.get().number() - 1)
                : DeltaTables.current(spark, location());
        return Shape.of(now, change.merged());
    }

    /** Rows of the batch with the order and types of the table's columns. */
    Dataset<Row> conforming(Dataset<Row> rows) {
        StructType own = new StructType(Arrays.stream(change.merged().fields())
                .filter(field -> Shape.find(plan.rows(), field.name()).isPresent())
                .toArray(StructField[]::new));
        return Shape.of(rows, own);
    }

    private boolean adds() {
        return id.isPresent() && batch.scope() == BatchRecord.Scope.BATCH;
    }

    /** The rows of a version. */
    Dataset<Row> at(Version version) {
        return DeltaTables.at(spark, location(), version.number());
    }

    /**
     * Before anything is written: nothing may empty a table unless it is told that it may.
     *
     * @param good the rows that may be written
     */
    void refuseEmptying(Dataset<Row> good) {
        boolean guarded = id.isPresent() && !target.mayEmpty(options());
        if (guarded && !DeltaTables.current(spark, location()).isEmpty() && good.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.DATA_EMPTY,
                    plan.plan().pipeline().target().span(),
                    "Cannot replace " + plan.plan().id() + ": no row is left to write, and the table has rows now",
                    "Look why the input is empty, or say 'allow_empty: true' under 'target:'."));
        }
    }

    /**
     * Writes, creating the table when there is none.
     *
     * @param changes what the target gave
     * @throws IngotException when another run wrote the batch
     */
    Version commit(Dataset<Row> changes) {
        boolean fresh = id.isEmpty();
        if (fresh) {
            NewTables.create(spark, lake, plan.plan(), plan.schema());
            id = Optional.of(DeltaTables.id(spark, location()));
        }
        Commit commit = CommitNote.commit(plan.plan().id(), batch, id.get(), restored);
        boolean refresh = batch.scope() == BatchRecord.Scope.REFRESH;
        if (refresh || fresh) {
            changes.filter(Marks.does(Marks.Action.WRITE))
                    .select(Columns.named(Arrays.asList(plan.schema().fieldNames())))
                    .write()
                    .format("delta")
                    .mode(refresh ? "overwrite" : "append")
                    .partitionBy(partitions())
                    .option("overwriteSchema", refresh)
                    .options(commit.writerOptions())
                    .save(location());
        } else {
            evolve();
            target.write(changes, options(), destination(), commit);
        }
        return new Commits(spark).ours(location(), batch, plan.plan().pipeline().span());
    }

    /** Gives the table the columns that it lacks, in commits of their own that change no row. */
    private void evolve() {
        if (!change.added().isEmpty()) {
            DeltaTables.addColumns(
                    spark,
                    location(),
                    change.added().stream().map(SchemaChange.Added::ddl).toList());
        }
        if (!change.widened().isEmpty()) {
            Dataset<Row> now = DeltaTables.current(spark, location());
            DeltaTables.widen(Shape.of(now, change.merged()), partitions(), location());
        }
    }

    private String[] partitions() {
        return ColumnName.names(plan.plan().pipeline().target().words().partitionBy())
                .toArray(String[]::new);
    }

    private String location() {
        return lake.table(plan.plan().id());
    }
}
