package dev.ingot.run;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.config.Project;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.ProjectPlanner;
import dev.ingot.plan.Selection;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.history.Outcome;
import dev.ingot.run.history.RunReport;
import dev.ingot.run.recovery.Reproduction;
import dev.ingot.state.Lake;
import dev.ingot.state.RefreshMode;
import dev.ingot.testkit.StoredTable;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** A project in a temporary folder, and runs of it in the test's own Spark. */
public final class TestProject {

    private static final long SETTLED_MILLISECONDS = 60_000;

    /** When the first run begins; each of the others begins a minute after the one before. */
    private static final Instant BEGUN = Instant.parse("2026-01-02T03:04:05Z");

    private final SparkSession spark;
    private final TemporaryLake folder;
    private int runs;

    public TestProject(SparkSession spark, TemporaryLake folder) {
        this.spark = spark;
        this.folder = folder;
        folder.write("conf/project.yml", "name: test", "variables: {least: {type: int, default: 0}}");
        folder.write("conf/env/local.yml", "lake: lake");
    }

    /** The same project at another place, to which its files were copied. */
    public TestProject at(TemporaryLake other) {
        TestProject copy = new TestProject(spark, other);
        copy.runs = runs;
        return copy;
    }

    /** Copies the project to another place; the records of its lake, which hold absolute paths, name that place. */
    TestProject copyTo(TemporaryLake other) {
        TestProject copy = new TestProject(spark, other);
        copy.continueFrom(this);
        return copy;
    }

    /** Takes over the files and the number of runs of a project, as {@link #copyTo}. */
    void continueFrom(TestProject other) {
        runs = other.runs;
        Path root = other.folder.root();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString();
                if (!file.getFileName().toString().matches("\\..*\\.crc")) {
                    Path copy = folder.path(name);
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                    if (name.matches(".*/_ingot/(?!.*/_delta_log/).*\\.json")) {
                        String record = Files.readString(file);
                        Files.writeString(
                                copy,
                                record.replace(root.toString(), folder.root().toString()));
                    }
                    Files.setLastModifiedTime(copy, Files.getLastModifiedTime(file));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot copy " + root, failed);
        }
    }

    /** Writes a pipeline's file. */
    public TestProject pipeline(String name, String yaml) {
        folder.write("pipelines/" + name + ".yml", yaml.split("\n"));
        return this;
    }

    /** Writes a file of data below the project; it looks as if it had lain there for a while. */
    public Path data(String name, String... lines) {
        Path file = folder.write(name, lines);
        if (!file.toFile().setLastModified(System.currentTimeMillis() - SETTLED_MILLISECONDS)) {
            throw new AssertionError("cannot set the time of " + file);
        }
        return file;
    }

    /** Runs what is selected; a run of its own each time. */
    public RunReport run(String... selection) {
        return runAs("run" + ++runs, RefreshMode.INCREMENTAL, selection);
    }

    public RunReport refresh(String... selection) {
        return runAs("run" + ++runs, RefreshMode.FULL, selection);
    }

    RunReport runAs(String id, RefreshMode refreshMode, String... selection) {
        RunValues values = new RunValues(id, LocalDate.parse("2026-01-02"), BEGUN.plusSeconds(60L * (runs - 1)));
        LogicalPlan plan = plan(values);
        Diagnostics diagnostics = new Diagnostics();
        Set<TableId> selected = new Selection(List.of(selection), List.of()).in(plan, diagnostics);
        diagnostics.throwIfErrors();
        return run(plan, new RunRequest(selected, refreshMode, 1, RunRequest.Part.WHOLE, Optional.empty()));
    }

    /** Runs some tables as one task of a run that other processes run tables of too, begun at a moment of its own. */
    RunReport task(String run, LocalDate date, String... selection) {
        RunValues values = new RunValues(run, date, BEGUN.plusSeconds(60L * ++runs));
        LogicalPlan plan = plan(values);
        Set<TableId> selected = new Selection(List.of(selection), List.of()).in(plan, new Diagnostics());
        return run(plan, new RunRequest(selected, RefreshMode.INCREMENTAL, 1, RunRequest.Part.TASK, Optional.empty()));
    }

    /** Runs once more what an earlier run wrote, or some tables of it. */
    public RunReport reproduce(String earlier, String... some) {
        Reproduction then = Reproduction.of(context(), earlier);
        Set<TableId> tables = new TreeSet<>(then.tables());
        if (some.length > 0) {
            tables.removeIf(table -> !List.of(some).contains(table.toString()));
        }
        RunValues values = new RunValues("run" + ++runs, then.date(), BEGUN.plusSeconds(60L * (runs - 1)));
        return run(
                plan(values),
                new RunRequest(tables, RefreshMode.INCREMENTAL, 1, RunRequest.Part.WHOLE, Optional.of(then)));
    }

    /** Does what is asked for, under a name. */
    public RunReport run(String name, RunRequest request) {
        return run(plan(new RunValues(name, LocalDate.parse("2026-01-02"), BEGUN.plusSeconds(60L * ++runs))), request);
    }

    /** Returns the context of the project's lake. */
    public LakeContext context() {
        return new LakeContext(spark, new Configuration(), new Lake(lake().toString()));
    }

    private RunReport run(LogicalPlan plan, RunRequest request) {
        // The environment's lake, which some tests put elsewhere than in the folder.
        LakeContext context = new LakeContext(
                spark, new Configuration(), new Lake(plan.project().lake()));
        return new Runner(context, plan, this::plan, new RunListener() {}).run(request);
    }

    /** The outcome of one table, which must be among those of the run. */
    public static Outcome outcome(RunReport report, String table) {
        return report.pipelines().stream()
                .filter(pipeline -> pipeline.id().toString().equals(table))
                .map(RunReport.PipelineReport::outcome)
                .findFirst()
                .orElseThrow();
    }

    public static Outcome.Written written(RunReport report, String table) {
        Outcome outcome = outcome(report, table);
        if (outcome instanceof Outcome.Written written) {
            return written;
        }
        throw new AssertionError(table + " was not written but: " + outcome);
    }

    /** The one diagnostic with which a table failed, as a user reads it. */
    public static String failure(RunReport report, String table) {
        Outcome outcome = outcome(report, table);
        if (outcome instanceof Outcome.Failed failed) {
            return new IngotException(failed.diagnostics()).getMessage();
        }
        throw new AssertionError(table + " did not fail but: " + outcome);
    }

    public StoredTable table(String name) {
        return new StoredTable(spark, lake().resolve(name.replace('.', '/')));
    }

    public Path lake() {
        return folder.path("lake");
    }

    public LogicalPlan plan(RunValues values) {
        Diagnostics diagnostics = new Diagnostics();
        Project project = new ProjectReader(folder.root(), Map.of(), diagnostics)
                .read("local", Map.of(), values)
                .orElse(null);
        diagnostics.throwIfErrors();
        LogicalPlan plan =
                ProjectPlanner.of(project, ComponentCatalog.load(getClass().getClassLoader()), diagnostics);
        diagnostics.throwIfErrors();
        return plan;
    }
}
