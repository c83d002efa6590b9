package dev.ingot.cli;

import dev.ingot.component.input.AsOf;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.batch.Views;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.history.RunLog;
import dev.ingot.run.inspect.TableDiff;
import dev.ingot.run.maintenance.Maintenance;
import dev.ingot.run.recovery.Rollback;
import dev.ingot.session.SessionSettings;
import dev.ingot.state.CommitMetadata;
import dev.ingot.state.Lake;
import dev.ingot.state.RollbackRecord;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import picocli.CommandLine;

/**
 * Implements the commands that inspect, compare, roll back and maintain tables. Loaded only by those commands, because
 * it needs Spark.
 */
final class TableCommands {

    private final ProjectOptions project;
    private final SparkOptions options;
    private final PrintWriter out;
    private final PrintWriter err;

    TableCommands(ProjectOptions project, SparkOptions options, CommandLine command) {
        this.project = project;
        this.options = options;
        this.out = command.getOut();
        this.err = command.getErr();
    }

    int show(String table, Optional<AsOf> moment, int limit, boolean personal) {
        checkLimit(limit);
        LogicalPlan plan = checkedPlan();
        NamedTable named = NamedTable.of(table, plan);
        SparkSession spark = start(plan);
        PersonalData hidden = new PersonalData(plan, named.id(), personal);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Row row : rows(named, moment, spark).limit(limit).collectAsList()) {
            Map<String, Object> cells = CellValues.of(row);
            hidden.mask(cells);
            rows.add(cells);
        }
        ResultTable.of(rows).print(options.output, out);
        if (rows.isEmpty() && limit > 0) {
            err.println(table + " has no rows.");
        }
        return 0;
    }

    private static Dataset<Row> rows(NamedTable table, Optional<AsOf> moment, SparkSession spark) {
        SparkSession session = SessionSettings.newSession(spark);
        Optional<PipelinePlan> view = table.view().filter(any -> moment.isEmpty());
        if (view.isPresent()) {
            return Views.now(LakeContext.of(spark, table.plan().project()).newSession(), table.plan(), view.get());
        }
        String location = table.location(spark);
        return moment.map(past -> DeltaTables.at(session, location, table.version(past, session)))
                .orElseGet(() -> DeltaTables.current(session, location));
    }

    int diff(String table, String from, String to, String run, int limit, boolean personal) {
        checkLimit(limit);
        LogicalPlan plan = checkedPlan();
        NamedTable named = NamedTable.of(table, plan);
        SparkSession spark = start(plan);
        VersionDiff versions = VersionDiff.of(named, from, to, run, spark);
        TableDiff difference = versions.difference(spark);
        err.println(versions.title(difference));
        PersonalData hidden = new PersonalData(plan, named.id(), personal);
        ResultTable.of(difference.lines(limit).stream()
                        .map(line -> VersionDiff.row(line, options.output, hidden))
                        .toList())
                .print(options.output, out);
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
                    .drop("inputs", "violations", "environment")
                    .limit(limit);
            runs.collectAsList().forEach(row -> rows.add(runRow(CellValues.of(row))));
        } else {
            String location = NamedTable.of(table, plan).location(spark);
            for (TableVersion version :
                    DeltaTables.newestFirst(spark, location).limit(limit).toList()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("version", version.number());
                row.put("at", version.timestamp().toString());
                row.put("operation", version.operation());
                row.put("run", CommitMetadata.run(version).orElse(""));
                row.put(
                        "batch",
                        CommitMetadata.batch(version).map(Object::toString).orElse(""));
                row.put("metrics", CellValues.metricsText(version.metrics()));
                rows.add(row);
            }
        }
        ResultTable.of(rows).print(options.output, out);
        return 0;
    }

    /**
     * Formats a row of the run log: without versions where none was read or written, with the message if the run
     * failed.
     */
    private Map<String, Object> runRow(Map<String, Object> cells) {
        cells.replaceAll(
                (name, value) -> name.startsWith("version") && Long.valueOf(-1).equals(value) ? null : value);
        if (cells.get("message") == null && options.output == OutputFormat.TEXT) {
            cells.remove("message");
        }
        return cells;
    }

    int rollback(String what, OptionalLong version, boolean cascade) {
        LogicalPlan plan = checkedPlan();
        SparkSession spark = start(plan);
        LakeContext context = LakeContext.of(spark, plan.project());
        Rollback rollback = new Rollback(context, plan.project().values().run().id(), err::println, step -> {});
        Rollback.Later later = cascade ? Rollback.Later.CASCADE : Rollback.Later.REFUSE;
        List<RollbackRecord.Step> steps = version.isPresent()
                ? rollback.ofTable(NamedTable.of(what, plan).id(), version.getAsLong(), later)
                : rollback.ofRun(what, later);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (RollbackRecord.Step step : steps) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("table", step.table());
            row.put("from_version", step.from());
            row.put("rows_as_of_version", step.to());
            row.put("runs", String.join(" ", step.runs()));
            rows.add(row);
        }
        ResultTable.of(rows).print(options.output, out);
        return 0;
    }

    int maintain(SelectionOptions selection) {
        LogicalPlan plan = checkedPlan();
        Set<TableId> selected = SelectedPlan.selected(selection, plan);
        SparkSession spark = start(plan);
        List<Maintenance.Line> lines =
                new Maintenance(LakeContext.of(spark, plan.project()), plan, err::println).of(selected);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Maintenance.Line line : lines) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("table", line.table().toString());
            row.put("outcome", line.outcome());
            row.put("files_before", line.compacted());
            row.put("files_after", line.into());
            row.put("files_removed", line.removed());
            row.put("readable_since", line.keptSince().map(Instant::toString).orElse(""));
            row.put("retained_for", line.because());
            rows.add(row);
        }
        ResultTable.of(rows).print(options.output, out);
        List<Diagnostic> problems =
                lines.stream().flatMap(line -> line.problem().stream()).toList();
        DiagnosticsPrinter.print(problems, err);
        return problems.isEmpty() ? 0 : new IngotException(problems).owner().exitCode();
    }

    private static void checkLimit(int limit) {
        if (limit < 0) {
            throw ProjectOptions.argument("--limit", Integer.toString(limit), "a number from 0");
        }
    }

    private LogicalPlan checkedPlan() {
        return SelectedPlan.checked(project, err);
    }

    private static SparkSession start(LogicalPlan plan) {
        return SparkCommands.start(plan);
    }
}
