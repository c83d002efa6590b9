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

/** The options of every command that works on a project, and the project that they select. */
final class ProjectOptions {

    private static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    @Option(
            names = "--project",
            paramLabel = "DIR",
            description =
                    "The project's folder (default: the current one), or the address of a release ('ingot package').")
    private String address = "";

    private Path root;

    @Option(names = "--env", paramLabel = "NAME", description = "The environment, conf/env/NAME.yml (default: local).")
    private String environment = "local";

    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            description = "The value of a variable of conf/project.yml; may be repeated.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(names = "--date", paramLabel = "DATE", description = "The logical date of the run (default: today in UTC).")
    private String date;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description = "The run id, set by a scheduler; a retry with the same id reads the same inputs.")
    private String runId;

    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    /** Returns the logical date if the command line sets one. */
    Optional<LocalDate> explicitDate() {
        return date == null ? Optional.empty() : Optional.of(logicalDate());
    }

    /** Returns the values of variables that the command line sets. */
    Map<String, String> variables() {
        return Collections.unmodifiableMap(variables);
    }

    /** Returns whether the run id was given, so that other tasks of the same run may exist. */
    boolean hasExplicitRunId() {
        return runId != null;
    }

    /** Returns the folder with the project's files; a release is unpacked first. */
    Path root() {
        if (root == null) {
            root = ProjectFolder.of(address);
        }
        return root;
    }

    /**
     * Checks that the logical date is the one of the run's first task.
     *
     * @throws IngotException when the command line sets a different date
     */
    void requireDate(LocalDate runDate) {
        if (date != null && !logicalDate().equals(runDate)) {
            throw argument("--date", date, runDate + ", the date of the run '" + runId + "'");
        }
    }

    /** Reads the project; mistakes are added to the diagnostics. */
    Optional<Project> project(Diagnostics diagnostics) {
        return project(runValues(), diagnostics);
    }

    /** Plans all pipelines; when there are errors, only the pipelines without any. */
    Optional<LogicalPlan> plan(Diagnostics diagnostics) {
        return plan(runValues(), diagnostics);
    }

    /**
     * Plans all pipelines with the values of a given run.
     *
     * @throws IngotException when there are mistakes
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

    /**
     * Returns the values of the run, with another default for its logical date.
     *
     * @param defaultDate the logical date unless '--date' sets one
     */
    RunValues runValues(LocalDate defaultDate) {
        RunValues run = runValues();
        return date == null ? new RunValues(run.id(), defaultDate, run.startedAt()) : run;
    }

    private Optional<Project> project(RunValues run, Diagnostics diagnostics) {
        return new ProjectReader(root(), System.getenv(), diagnostics).read(environment, variables, run);
    }

    private Optional<LogicalPlan> plan(RunValues run, Diagnostics diagnostics) {
        ComponentCatalog catalog = ComponentCatalog.load();
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
                        "Cannot use '" + value + "' as the value of " + option,
                        "")
                .accepting(List.of(accepted), ""));
    }
}
