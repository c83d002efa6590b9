package dev.ingot.cli;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.run.RunRequest;
import dev.ingot.run.Runner;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.history.RunReport;
import dev.ingot.run.inspect.Doctor;
import dev.ingot.run.inspect.RunPreview;
import dev.ingot.run.recovery.Reproduction;
import dev.ingot.session.SparkSessions;
import dev.ingot.state.RefreshMode;
import dev.ingot.state.RunManifest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/** Implements the commands that run and plan pipelines. Loaded only by those commands, because it needs Spark. */
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
        LogicalPlan plan = SelectedPlan.checked(project, err);
        Set<TableId> selected = SelectedPlan.selected(selection, plan);
        RefreshMode refreshMode = fullRefresh ? RefreshMode.FULL : RefreshMode.INCREMENTAL;
        Progress progress = Progress.on(err, options.verbose);
        SparkSession spark = progress.timed("spark", () -> start(plan));
        return run(spark, plan, new RunRequest(selected, refreshMode, width, runPart(), Optional.empty()), progress);
    }

    int reproduce(String run, SelectionOptions selection, int width) {
        LogicalPlan currentPlan = SelectedPlan.checked(project, err);
        if (currentPlan.project().values().run().id().equals(run)) {
            throw ProjectOptions.argument("--run-id", run, "a run id other than that of the run to reproduce");
        }
        Set<TableId> selected = SelectedPlan.selected(selection, currentPlan);
        Progress progress = Progress.on(err, options.verbose);
        SparkSession spark = progress.timed("spark", () -> start(currentPlan));
        Reproduction reproduction = Reproduction.of(LakeContext.of(spark, currentPlan.project()), run);
        selected.retainAll(reproduction.tables());
        if (selected.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.CONF_ARGUMENT,
                    SourceSpan.of("--reproduce"),
                    "Cannot reproduce '" + run + "': it wrote none of the selected tables",
                    "It wrote "
                            + reproduction.tables().stream()
                                    .map(TableId::toString)
                                    .collect(Collectors.joining(", ")) + "."));
        }
        LogicalPlan plan = project.plan(project.runValues(reproduction.date()));
        return run(
                spark,
                plan,
                new RunRequest(selected, RefreshMode.INCREMENTAL, width, runPart(), Optional.of(reproduction)),
                progress);
    }

    /**
     * Returns whether this process is a whole run or one task of it: with an explicit run id, other tasks may exist.
     */
    private RunRequest.Part runPart() {
        return project.hasExplicitRunId() ? RunRequest.Part.TASK : RunRequest.Part.WHOLE;
    }

    private int run(SparkSession spark, LogicalPlan plan, RunRequest request, Progress progress) {
        // After an interruption, the id is needed to retry the run or to roll it back.
        err.println("run " + plan.project().values().run().id());
        progress.attach(spark);
        LakeContext context = LakeContext.of(spark, plan.project());
        RunManifest.read(
                        context.files(),
                        context.lake(),
                        plan.project().values().run().id())
                .ifPresent(manifest -> project.requireDate(manifest.values().date()));
        RunReport report;
        try {
            report = new Runner(context, plan, project::plan, progress).run(request);
        } finally {
            progress.close();
        }
        new ReportPrinter(out, err).print(report, options.output);
        return report.failures().isEmpty()
                ? 0
                : new IngotException(report.failures()).owner().exitCode();
    }

    int plan(SelectionOptions selection) {
        LogicalPlan plan = SelectedPlan.checked(project, err);
        Set<TableId> selected = SelectedPlan.selected(selection, plan);
        Progress progress = Progress.on(err, options.verbose);
        SparkSession spark = progress.timed("spark", () -> start(plan));
        List<RunPreview.Line> lines =
                progress.timed("check", () -> new RunPreview(LakeContext.of(spark, plan.project()), plan).of(selected));
        progress.close();
        new PlanPrinter(out).print(plan, lines, options.output);
        return 0;
    }

    int doctor() {
        LogicalPlan plan = SelectedPlan.checked(project, err);
        SparkSession spark = SparkSessions.connect(plan.project());
        List<Doctor.Finding> findings =
                new Doctor(LakeContext.of(spark, plan.project()), plan, System.getenv()).findings();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Doctor.Finding finding : findings) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("subject", finding.subject());
            row.put("state", finding.problems().isEmpty() ? "ok" : "wrong");
            row.put("found", finding.found());
            rows.add(row);
        }
        ResultTable.of(rows).print(options.output, out);
        List<Diagnostic> problems = findings.stream()
                .flatMap(finding -> finding.problems().stream())
                .toList();
        DiagnosticsPrinter.print(problems, err);
        return problems.isEmpty() ? 0 : new IngotException(problems).owner().exitCode();
    }

    static SparkSession start(LogicalPlan plan) {
        return SparkSessions.start(plan.project(), System.getenv());
    }
}
