package dev.ingot.run.write;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.Parameters;
import dev.ingot.component.BatchCommit;
import dev.ingot.component.WriteContext;
import dev.ingot.component.WriteMode;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.KeyRange;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.component.rows.SchemaProjection;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.options.ColumnName;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.schema.SchemaChange;
import dev.ingot.run.schema.SchemaEvolution;
import dev.ingot.run.schema.TableAlterer;
import dev.ingot.run.schema.TableCreation;
import dev.ingot.run.schema.TableDefinition;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommitLookup;
import dev.ingot.state.CommitMetadata;
import dev.ingot.state.RefreshMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Writes a batch to its table, in one commit that a retry cannot repeat. */
public final class TargetTable {

    private final LakeContext context;
    private final SparkSession spark;
    private final CompiledPlan plan;
    private final BatchRecord batch;
    private final Optional<TableVersion> landed;
    private final long restored;
    private final WriteMode<Record> target;
    private final SchemaEvolution evolution;
    private Optional<String> id;

    /**
     * Writes to the table of a plan.
     *
     * @param id the table's identity; empty when it does not exist yet
     * @param restored the version of the newest RESTORE; 0 when there was none
     */
    @SuppressWarnings("unchecked")
    public TargetTable(
            LakeContext context, CompiledPlan plan, UnfinishedBatch unfinished, Optional<String> id, long restored) {
        this.context = context;
        this.spark = context.spark();
        this.plan = plan;
        this.batch = unfinished.batch();
        this.landed = unfinished.landed();
        this.id = id;
        this.restored = restored;
        this.target = plan.plan().target().component().instantiate(WriteMode.class);
        this.evolution = isIncremental()
                ? SchemaEvolution.of(context, plan)
                : new SchemaEvolution(context, plan, SchemaChange.none(plan.schema()));
    }

    WriteMode<Record> target() {
        return target;
    }

    Record options() {
        return plan.plan().target().options();
    }

    WriteContext writeContext(KeyRange range) {
        return writeContext(range, false);
    }

    private WriteContext writeContext(KeyRange range, boolean vacant) {
        return new WriteContext(
                location(),
                Arrays.asList(partitions()),
                range,
                vacant,
                plan.plan().target().settings().piiColumns(),
                new Parameters(plan.plan().definition().parameters())::bind);
    }

    /** Returns the identity of the table. */
    public String id() {
        return id.orElseThrow();
    }

    /** Returns how the table's columns change with the batch; its input may have other columns than were planned. */
    public SchemaChange change() {
        return evolution.change();
    }

    /** Returns the table without the batch, with the columns that it will have, except identity columns. */
    Dataset<Row> rows() {
        String[] identity = evolution.identityColumns().toArray(String[]::new);
        if (!isIncremental()) {
            return spark.createDataFrame(List.of(), plan.schema()).drop(identity);
        }
        Dataset<Row> now = landed.isPresent()
                ? DeltaTables.at(spark, location(), landed.get().number() - 1)
                : DeltaTables.current(spark, location());
        return SchemaProjection.of(now, evolution.change().merged()).drop(identity);
    }

    /** Returns rows of the batch with the order and types of the table's columns. */
    Dataset<Row> conforming(Dataset<Row> rows) {
        StructType own =
                new StructType(Arrays.stream(evolution.change().merged().fields())
                        .filter(field ->
                                SchemaProjection.find(plan.rows(), field.name()).isPresent())
                        .toArray(StructField[]::new));
        return SchemaProjection.of(rows, own);
    }

    /** Returns whether the batch changes an existing table and does not replace its rows. */
    boolean isIncremental() {
        return id.isPresent() && batch.refreshMode() == RefreshMode.INCREMENTAL;
    }

    /** Returns whether the batch meets no rows: the table is created now, or is still empty. */
    boolean isEmpty() {
        return !isIncremental()
                || (batch.number() == 1
                        && landed.isEmpty()
                        && evolution.change().descriptions().isEmpty()
                        && DeltaTables.isEmpty(spark, location()));
    }

    /**
     * Returns the key range within which a batch may change the table.
     *
     * @param rows the rows of the batch
     * @param gone the keys that the batch deletes
     */
    KeyRange range(Dataset<Row> rows, Optional<Dataset<Row>> gone) {
        List<String> keys = ColumnName.names(plan.plan().definition().keys());
        if (!isIncremental() || keys.isEmpty()) {
            return KeyRange.UNRESTRICTED;
        }
        Dataset<Row> touched = rows.select(Columns.named(keys));
        return KeyRange.of(
                gone.map(absent -> touched.unionByName(absent.select(Columns.named(keys))))
                        .orElse(touched),
                keys,
                Arrays.asList(partitions()));
    }

    /** Returns the rows of a version. */
    Dataset<Row> at(TableVersion version) {
        return DeltaTables.at(spark, location(), version.number());
    }

    /**
     * Refuses, before anything is written, to empty a table whose target does not allow it.
     *
     * @param good the rows that may be written
     */
    void refuseEmptying(Dataset<Row> good) {
        boolean guarded = id.isPresent() && !target.allowsEmpty(options());
        if (guarded && !DeltaTables.current(spark, location()).isEmpty() && good.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.DATA_EMPTY,
                    plan.plan().target().span(),
                    "Cannot replace " + plan.plan().id() + ": no row is left to write, and the table has rows now",
                    "Check why the input is empty, or set 'allow_empty: true' under 'target:'."));
        }
    }

    /**
     * Commits the batch, and creates the table when it does not exist.
     *
     * @param changes the rows that the write mode computed
     * @param range the key range of these rows
     * @throws IngotException when another run wrote the batch
     */
    TableVersion commit(Dataset<Row> changes, KeyRange range) {
        boolean fresh = isEmpty();
        boolean refresh = batch.refreshMode() == RefreshMode.FULL;
        TableAlterer alterer = new TableAlterer(context, batch.run());
        TableDefinition definition = new TableDefinition(plan.plan());
        if (id.isEmpty()) {
            TableCreation.create(alterer, plan.plan(), plan.schema());
            id = Optional.of(DeltaTables.id(spark, location()));
        } else if (refresh) {
            evolution.checkRebuild(changes.filter(RowMarkers.hasAction(RowMarkers.Action.WRITE)), definition);
            // The rows that are replaced need not meet the new constraints, nor the new rows the old ones.
            alterer.dropConstraints(definition);
        } else {
            evolution.apply(partitions(), batch.run());
            alterer.apply(definition);
        }
        BatchCommit commit = CommitMetadata.commit(plan.plan().id(), batch, id.get(), restored);
        if (refresh || fresh) {
            changes.filter(RowMarkers.hasAction(RowMarkers.Action.WRITE))
                    .select(writtenColumns())
                    .write()
                    .format("delta")
                    .mode(refresh ? "overwrite" : "append")
                    .partitionBy(partitions())
                    .option(
                            "overwriteSchema",
                            refresh && evolution.identityColumns().isEmpty())
                    .options(commit.writerOptions())
                    .save(location());
        } else {
            target.write(changes, options(), writeContext(range, isVacant(range)), commit);
        }
        if (refresh) {
            alterer.apply(definition);
        }
        return new CommitLookup(spark).requireOwn(location(), batch, plan.plan().span());
    }

    /** Returns whether, by Delta's file statistics, no row is in a range. */
    private boolean isVacant(KeyRange range) {
        return !range.bounds().isEmpty()
                && DeltaTables.current(spark, location())
                                .filter(range.contains(Columns::named))
                                .inputFiles()
                                .length
                        == 0;
    }

    /** Returns the columns that a batch fills. */
    private Column[] writtenColumns() {
        List<String> identity = evolution.identityColumns();
        return Arrays.stream(plan.schema().fieldNames())
                .filter(name -> !identity.contains(name))
                .map(Columns::named)
                .toArray(Column[]::new);
    }

    private String[] partitions() {
        return ColumnName.names(plan.plan().target().settings().partitionBy()).toArray(String[]::new);
    }

    private String location() {
        return context.lake().table(plan.plan().id());
    }
}
