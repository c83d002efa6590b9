package dev.ingot.cli;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.config.Project;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.ProjectPlanner;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that concerns a project, and the project that they lead to. */
final class ProjectOptions {

    private static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    @Option(
            names = "--project",
            paramLabel = "DIR",
            description = "The project's folder (default: this one), or the address of a release ('ingot package').")
    private String address = "";

    private Path root;

    @Option(names = "--env", paramLabel = "NAME", description = "The environment, conf/env/NAME.yml (default: local).")
    private String environment = "local";

    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            description = "The value of a variable of conf/project.yml; may be repeated.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(names = "--date", paramLabel = "DATE", description = "The logical date (default: today in UTC).")
    private String date;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description = "The run's name, from a scheduler; a retry under the same name sees the same inputs.")
    private String runId;

    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    /** The logical date, where the command line says one. */
    Optional<LocalDate> givenDate() {
        return date == null ? Optional.empty() : Optional.of(logicalDate());
    }

    /** The values of variables that the command line says. */
    Map<String, String> variables() {
        return Collections.unmodifiableMap(variables);
    }

    /** Whether the run's name was given, so that other tasks of the same run may exist. */
    boolean namesTheRun() {
        return runId != null;
    }

    /** The folder with the project's files, unpacked where a release was named. */
    Path root() {
        if (root == null) {
            root = ProjectFolder.of(address);
        }
        return root;
    }

    /**
     * Refuses a logical date that is not that of the run's first task.
     *
     * @throws IngotException when the command line says another date than the run has
     */
    void requireDate(LocalDate ofTheRun) {
        if (date != null && !logicalDate().equals(ofTheRun)) {
            throw argument("--date", date, ofTheRun + ", the date of the run '" + runId + "'");
        }
    }

    /** The project, its mistakes reported. */
    Optional<Project> project(Diagnostics diagnostics) {
        return project(runValues(), diagnostics);
    }

    /** The plan of all pipelines; with errors reported, of those that have none. */
    Optional<LogicalPlan> plan(Diagnostics diagnostics) {
        return plan(runValues(), diagnostics);
    }

    /**
     * The plan with the values of a certain run.
     *
     * @throws IngotException when something is wrong
     */
    LogicalPlan plan(RunValues run) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<LogicalPlan> plan = plan(run, diagnostics);
        diagnostics.throwIfErrors();
        return plan.orElseThrow();
    }

    RunValues runValues() {
        String id = runId == null ? RUN_ID.format(startedAt) : runId;
        if (!RunValues.NAME.matcher(id).matches()) {
            throw argument("--run-id", id, RunValues.RULE);
        }
        return new RunValues(id, logicalDate(), startedAt);
    }

    /** The same, of a run whose logical date is another one unless '--date' says it. */
    RunValues runValues(LocalDate preset) {
        RunValues run = runValues();
        return date == null ? new RunValues(run.id(), preset, run.startedAt()) : run;
    }

    private Optional<Project> project(RunValues run, Diagnostics diagnostics) {
        return new ProjectReader(root(), System.getenv(), diagnostics).read(environment, variables, run);
    }

    private Optional<LogicalPlan> plan(RunValues run, Diagnostics diagnostics) {
        // Ingot may be among Spark's own jars, and the user's components in a jar that was added to the job.
        ComponentCatalog catalog = ComponentCatalog.load(Thread.currentThread().getContextClassLoader());
        return project(run, diagnostics).map(project -> ProjectPlanner.of(project, catalog, diagnostics));
    }

    private LocalDate logicalDate() {
        try {
            return date == null ? LocalDate.ofInstant(startedAt, ZoneOffset.UTC) : LocalDate.parse(date);
        } catch (DateTimeParseException unfit) {
            throw argument("--date", date, "a date such as 2026-01-31");
        }
    }

    static IngotException argument(String option, String value, String accepted) {
        return new IngotException(Diagnostic.error(
                        Code.CONF_ARGUMENT,
                        SourceSpan.of(option),
                        "Cannot understand '" + value + "' as the value of " + option,
                        "")
                .accepting(List.of(accepted), ""));
    }
}
