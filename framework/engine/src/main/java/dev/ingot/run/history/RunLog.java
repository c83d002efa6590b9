package dev.ingot.run.history;

import dev.ingot.config.Project;
import dev.ingot.delta.DeltaTables;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.run.write.RowCounts;
import dev.ingot.state.Lake;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Writes and reads the run log, a table with a row for each pipeline of each run. */
public final class RunLog {

    public static final StructType SCHEMA = new StructType()
            .add("run_id", DataTypes.StringType)
            .add("environment", DataTypes.StringType)
            .add("table", DataTypes.StringType)
            .add("outcome", DataTypes.StringType)
            .add("started_at", DataTypes.TimestampType)
            .add("seconds", DataTypes.DoubleType)
            .add("batch", DataTypes.LongType)
            .add("version_before", DataTypes.LongType)
            .add("version_after", DataTypes.LongType)
            .add("rows_in", DataTypes.LongType)
            .add("inserted", DataTypes.LongType)
            .add("updated", DataTypes.LongType)
            .add("deleted", DataTypes.LongType)
            .add("unchanged", DataTypes.LongType)
            .add("superseded", DataTypes.LongType)
            .add("dropped", DataTypes.LongType)
            .add("quarantined", DataTypes.LongType)
            .add("inputs", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
            .add("violations", DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType))
            .add("message", DataTypes.StringType)
            .add("release", DataTypes.StringType);

    private final SparkSession spark;
    private final Lake lake;

    public RunLog(SparkSession spark, Lake lake) {
        this.spark = Objects.requireNonNull(spark, "spark");
        this.lake = Objects.requireNonNull(lake, "lake");
    }

    /** Appends the results of a run, in one commit. */
    public void write(RunReport report, Project project) {
        List<Row> rows = report.pipelines().stream()
                .map(pipeline -> row(report, pipeline, project))
                .toList();
        spark.createDataFrame(rows, SCHEMA)
                .coalesce(1)
                .write()
                .format("delta")
                .mode("append")
                // A run log that was created by an earlier version of Ingot lacks newer columns.
                .option("mergeSchema", true)
                .save(lake.runLog());
    }

    /** Returns the run log; without rows when nothing has run yet. */
    public Dataset<Row> read() {
        return DeltaTables.find(spark, lake.runLog()).isPresent()
                ? DeltaTables.current(spark, lake.runLog())
                : spark.createDataFrame(List.of(), SCHEMA);
    }

    private static Row row(RunReport report, RunReport.PipelineReport pipeline, Project project) {
        Outcome outcome = pipeline.outcome();
        Outcome.Written written = outcome instanceof Outcome.Written some
                ? some
                : new Outcome.Written(
                        0, version(outcome), version(outcome), RowCounts.NONE, Map.of(), outcome.violations());
        RowCounts counts = written.counts();
        Instant started = report.run().startedAt();
        return RowFactory.create(
                report.run().id(),
                project.environment(),
                pipeline.id().toString(),
                outcome.word(),
                Timestamp.from(started),
                pipeline.duration().toMillis() / 1000.0,
                written.batch(),
                written.before(),
                written.after(),
                counts.in(),
                counts.inserted(),
                counts.updated(),
                counts.deleted(),
                counts.unchanged(),
                counts.superseded(),
                counts.dropped(),
                counts.quarantined(),
                written.inputs(),
                written.violations(),
                message(outcome),
                project.release().orElse(null));
    }

    private static long version(Outcome outcome) {
        return outcome instanceof Outcome.NothingNew nothing
                ? nothing.version()
                : outcome instanceof Outcome.Archived archived ? archived.version() : -1;
    }

    private static String message(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.diagnostics().stream().map(Diagnostic::render).collect(Collectors.joining("\n"));
        }
        return outcome instanceof Outcome.Skipped skipped ? "because " + skipped.because() + " failed" : null;
    }
}
