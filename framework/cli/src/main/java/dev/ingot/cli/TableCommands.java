package dev.ingot.cli;

import dev.ingot.component.AsOf;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.HadoopSettings;
import dev.ingot.delta.Version;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.Difference;
import dev.ingot.run.Maintenance;
import dev.ingot.run.Rollback;
import dev.ingot.run.RunLog;
import dev.ingot.run.TimeTravel;
import dev.ingot.run.Views;
import dev.ingot.session.SessionSettings;
import dev.ingot.state.CommitNote;
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
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import picocli.CommandLine;

/** What the commands do that look into tables and their past, or go back in it. Loaded only by them, for Spark's sake. */
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
        SparkSession spark = start(plan);
        List<Map<String, Object>> rows = new ArrayList<>();
        SparkSession session = SessionSettings.newSession(spark);
        Optional<PipelinePlan> view = view(table(table, plan), plan).filter(any -> moment.isEmpty());
        Dataset<Row> shown = view.isPresent()
                ? Views.now(session, HadoopSettings.of(spark), plan, view.get())
                : stored(location(table, plan, spark), table, moment, plan, session);
        PersonalData hidden = new PersonalData(plan, table(table, plan), personal);
        for (Row row : shown.limit(limit).collectAsList()) {
            Map<String, Object> cells = Cells.of(row);
            hidden.hide(cells);
            rows.add(cells);
        }
        Table.of(rows).print(options.output, out);
        if (rows.isEmpty() && limit > 0) {
            err.println(table + " has no rows.");
        }
        return 0;
    }

    private Dataset<Row> stored(
            String location, String table, Optional<AsOf> moment, LogicalPlan plan, SparkSession session) {
        return moment.map(past -> DeltaTables.at(session, location, version(table, past, plan, session)))
                .orElseGet(() -> DeltaTables.current(session, location));
    }

    int diff(String table, String from, String to, String run, int limit, boolean personal) {
        checkLimit(limit);
        LogicalPlan plan = checkedPlan();
        SparkSession spark = start(plan);
        SparkSession session = SessionSettings.newSession(spark);
        String location = location(table, plan, spark);
        long after = run != null
                ? version(table, AsOf.run(run), plan, spark)
                : to == null
                        ? DeltaTables.newest(spark, location)
                        : version(table, PastOptions.parse("--to", to), plan, spark);
        long before = from == null
                ? before(location, after, run, spark)
                : version(table, PastOptions.parse("--from", from), plan, spark);
        List<String> keys = Optional.ofNullable(plan.byTable().get(table(table, plan)))
                .map(PipelinePlan::pipeline)
                .map(pipeline -> pipeline.identity())
                .orElse(List.of());
        Difference difference = Difference.of(
                DeltaTables.at(session, location, before), DeltaTables.at(session, location, after), keys);
        err.println(table + " from version " + before + " to " + after + ": "
                + difference.counts().entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", ")));
        PersonalData hidden = new PersonalData(plan, table(table, plan), personal);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Difference.Line line : difference.lines(limit)) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("change", line.kind());
            Map<String, Object> cells = Cells.of(line.row());
            cells.forEach((name, value) -> row.put(
                    name,
                    line.before().containsKey(name) && options.output == OutputFormat.TEXT
                            ? line.before().get(name) + " -> " + value
                            : value));
            if (options.output == OutputFormat.JSON) {
                Map<String, Object> old = new LinkedHashMap<>();
                line.before().forEach((name, value) -> old.put(name, String.valueOf(value)));
                hidden.hide(old);
                row.put("was", old.toString());
            }
            hidden.hide(row);
            rows.add(row);
        }
        Table.of(rows).print(options.output, out);
        return 0;
    }

    /** The version before the newest change of rows, or before the first that a run made. */
    private static long before(String location, long after, String run, SparkSession spark) {
        List<Version> changes = DeltaTables.newestFirst(spark, location)
                .filter(version -> version.number() <= after && version.changesRows())
                .takeWhile(version -> run == null || CommitNote.madeBy(run, version))
                .limit(run == null ? 1 : Long.MAX_VALUE)
                .toList();
        return changes.isEmpty() ? after : changes.get(changes.size() - 1).number() - 1;
    }

    private long version(String table, AsOf moment, LogicalPlan plan, SparkSession spark) {
        return new TimeTravel(spark, new Lake(plan.project().lake()))
                .version(table(table, plan), moment, SourceSpan.of(table));
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
            for (Version version :
                    DeltaTables.newestFirst(spark, location).limit(limit).toList()) {
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

    int rollback(String what, OptionalLong version, boolean cascade) {
        LogicalPlan plan = checkedPlan();
        SparkSession spark = start(plan);
        Lake lake = new Lake(plan.project().lake());
        Rollback rollback =
                new Rollback(spark, lake, plan.project().values().run().id(), err::println, step -> {});
        Rollback.Later later = cascade ? Rollback.Later.TAKE_ALONG : Rollback.Later.REFUSE;
        List<RollbackRecord.Step> steps = version.isPresent()
                ? rollback.ofTable(table(what, plan), version.getAsLong(), later)
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
        Table.of(rows).print(options.output, out);
        return 0;
    }

    int maintain(SelectionOptions selection) {
        LogicalPlan plan = checkedPlan();
        Set<TableId> selected = Plans.selected(selection, plan);
        SparkSession spark = start(plan);
        List<Maintenance.Line> lines =
                new Maintenance(spark, HadoopSettings.of(spark), plan, err::println).of(selected);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Maintenance.Line line : lines) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("table", line.table().toString());
            row.put("outcome", line.outcome());
            row.put("files", line.compacted());
            row.put("laid_into", line.into());
            row.put("removed", line.removed());
            row.put("kept_since", line.keptSince().map(Instant::toString).orElse(""));
            row.put("because", line.because());
            rows.add(row);
        }
        Table.of(rows).print(options.output, out);
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
        return Plans.checked(project, err);
    }

    private static SparkSession start(LogicalPlan plan) {
        return SparkCommands.start(plan);
    }

    /** A table that a pipeline makes, or a quarantine. */
    private static TableId table(String table, LogicalPlan plan) {
        List<String> known = new ArrayList<>();
        plan.pipelines().forEach(pipeline -> known.add(pipeline.id().toString()));
        return TableId.parse(table)
                .filter(parsed -> known.contains(parsed.toString()) || parsed.isQuarantine())
                .orElseThrow(() -> new IngotException(Diagnostic.error(
                                Code.CONF_ARGUMENT,
                                SourceSpan.of("TABLE"),
                                "Cannot find the table '" + table + "': no pipeline makes it",
                                "")
                        .accepting(known, table)));
    }

    private static Optional<PipelinePlan> view(TableId id, LogicalPlan plan) {
        return Optional.ofNullable(plan.byTable().get(id.maker()))
                .filter(pipeline -> pipeline.pipeline().isView());
    }

    /** The address of a table that exists. */
    private static String location(String table, LogicalPlan plan, SparkSession spark) {
        TableId id = table(table, plan);
        if (view(id, plan).isPresent()) {
            throw new IngotException(Diagnostic.error(
                    Code.CONF_ARGUMENT,
                    SourceSpan.of("TABLE"),
                    "Cannot look into the past of " + id + ": it is a view, and has no rows or versions of its own",
                    "'ingot show " + id + "' shows what it gives now; look into the tables that it reads."));
        }
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
