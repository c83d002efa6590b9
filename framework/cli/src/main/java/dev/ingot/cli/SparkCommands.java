package dev.ingot.cli;

import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.HadoopSettings;
import dev.ingot.delta.Version;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.run.Forecast;
import dev.ingot.run.RunLog;
import dev.ingot.run.RunReport;
import dev.ingot.run.RunRequest;
import dev.ingot.run.Runner;
import dev.ingot.run.SessionSettings;
import dev.ingot.run.SparkSessions;
import dev.ingot.state.CommitNote;
import dev.ingot.state.Lake;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import picocli.CommandLine;

/** What the commands do that need Spark. Loaded only by them. */
final class SparkCommands {

    private final ProjectOptions project;
    private final SparkOptions options;
    private final PrintWriter out;
    private final PrintWriter err;

    SparkCommands(ProjectOptions project, SparkOptions options, CommandLine command) {
        this.project = project;
        this.options = options;
        this.out = command.getOut();
        this.err = command.getErr();
    }

    int run(SelectionOptions selection, boolean fullRefresh, int width) {
        LogicalPlan plan = checkedPlan();
        Set<TableId> selected = selected(selection, plan);
        RunRequest.Scope scope = fullRefresh ? RunRequest.Scope.FULL_REFRESH : RunRequest.Scope.NEW;
        Progress progress = Progress.on(err, options.verbose);
        SparkSession spark = progress.timed("spark", () -> start(plan));
        progress.attach(spark);
        RunReport report;
        try {
            report = new Runner(spark, HadoopSettings.of(spark), plan, project::plan, progress)
                    .run(new RunRequest(selected, scope, width));
        } finally {
            progress.close();
        }
        new ReportPrinter(out, err).print(report, options.output);
        return report.failures().isEmpty()
                ? 0
                : new IngotException(report.failures()).owner().exitCode();
    }

    int plan(SelectionOptions selection) {
        LogicalPlan plan = checkedPlan();
        Set<TableId> selected = selected(selection, plan);
        Progress progress = Progress.on(err, options.verbose);
        SparkSession spark = progress.timed("spark", () -> start(plan));
        List<Forecast.Line> lines =
                progress.timed("check", () -> new Forecast(spark, HadoopSettings.of(spark), plan).of(selected));
        progress.close();
        new PlanPrinter(out).print(plan, lines, options.output);
        return 0;
    }

    int show(String table, int limit) {
        checkLimit(limit);
        LogicalPlan plan = checkedPlan();
        SparkSession spark = start(plan);
        String location = location(table, plan, spark);
        List<Map<String, Object>> rows = new ArrayList<>();
        Dataset<Row> shown = DeltaTables.current(SessionSettings.newSession(spark), location);
        for (Row row : shown.limit(limit).collectAsList()) {
            rows.add(Cells.of(row));
        }
        Table.of(rows).print(options.output, out);
        return 0;
    }

    int history(String table, int limit) {
        checkLimit(limit);
        LogicalPlan plan = checkedPlan();
        SparkSession spark = start(plan);
        List<Map<String, Object>> rows = new ArrayList<>();
        if (table == null) {
            Dataset<Row> runs = new RunLog(
                            SessionSettings.newSession(spark),
                            new Lake(plan.project().lake()))
                    .read()
                    .orderBy(functions.col("started_at").desc(), functions.col("table"))
                    .drop("inputs", "violations", "environment", "message")
                    .limit(limit);
            runs.collectAsList().forEach(row -> rows.add(Cells.of(row)));
        } else {
            String location = location(table, plan, spark);
            for (Version version : DeltaTables.history(spark, location, limit)) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("version", version.number());
                row.put("at", version.timestamp().toString());
                row.put("operation", version.operation());
                row.put("run", CommitNote.run(version).orElse(""));
                row.put("batch", CommitNote.batch(version).map(Object::toString).orElse(""));
                row.put("figures", Cells.figures(version.metrics()));
                rows.add(row);
            }
        }
        Table.of(rows).print(options.output, out);
        return 0;
    }

    private static void checkLimit(int limit) {
        if (limit < 0) {
            throw ProjectOptions.argument("--limit", Integer.toString(limit), "a number from 0");
        }
    }

    private LogicalPlan checkedPlan() {
        Diagnostics diagnostics = new Diagnostics();
        Optional<LogicalPlan> plan = project.plan(diagnostics);
        diagnostics.throwIfErrors();
        DiagnosticsPrinter.print(diagnostics.all(), err);
        return plan.orElseThrow();
    }

    private static Set<TableId> selected(SelectionOptions selection, LogicalPlan plan) {
        Diagnostics diagnostics = new Diagnostics();
        Set<TableId> selected = selection.in(plan, diagnostics);
        diagnostics.throwIfErrors();
        return selected;
    }

    private static SparkSession start(LogicalPlan plan) {
        return SparkSessions.start(plan.project(), System.getenv());
    }

    /** The address of a table that exists. */
    private static String location(String table, LogicalPlan plan, SparkSession spark) {
        List<String> known = new ArrayList<>();
        plan.pipelines().forEach(pipeline -> known.add(pipeline.id().toString()));
        TableId id = TableId.parse(table)
                .filter(parsed -> known.contains(parsed.toString()) || parsed.isQuarantine())
                .orElseThrow(() -> new IngotException(Diagnostic.error(
                                Code.CONF_ARGUMENT,
                                SourceSpan.of("TABLE"),
                                "Cannot find the table '" + table + "': no pipeline makes it",
                                "")
                        .accepting(known, table)));
        String location = new Lake(plan.project().lake()).table(id);
        if (DeltaTables.find(spark, location).isEmpty()) {
            boolean quarantine = id.isQuarantine();
            throw new IngotException(Diagnostic.error(
                    Code.CONF_ARGUMENT,
                    SourceSpan.of("TABLE"),
                    "Cannot show " + id + ": "
                            + (quarantine ? "nothing was ever held back" : "it has not been built yet"),
                    quarantine ? "" : "Build it with: ingot run +" + id));
        }
        return location;
    }
}
