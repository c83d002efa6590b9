package dev.ingot.deploy;

import dev.ingot.config.Project;
import dev.ingot.definition.PipelineFile.Schedule;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.OptionsReader;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.yaml.YamlNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads and validates an environment's {@code deploy:} section. */
public final class DeployReader {

    private final Diagnostics diagnostics;

    public DeployReader(Diagnostics diagnostics) {
        this.diagnostics = Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /** Reports every error in the section, in the options of its platforms and in the schedules of the pipelines. */
    public void check(LogicalPlan plan) {
        Project project = plan.project();
        Optional<DeploySettings> settings = project.deploy().flatMap(section -> readSettings(project, section));
        checkSchedules(plan, settings.flatMap(DeploySettings::schedule));
        settings.ifPresent(present -> Platforms.byName()
                .values()
                .forEach(platform ->
                        section(project, platform.name()).ifPresent(node -> readOptions(platform, project, node))));
    }

    private void checkSchedules(LogicalPlan plan, Optional<Schedule> defaultSchedule) {
        plan.pipelines()
                .forEach(pipeline -> pipeline.definition()
                        .file()
                        .schedule()
                        .ifPresent(schedule -> checkSchedule(schedule, pipeline.span())));
        defaultSchedule.ifPresent(schedule -> checkSchedule(schedule, SourceSpan.of(file(plan.project()))));
    }

    /**
     * Reads the declaration of a platform. Reports an error and returns empty when it is missing or invalid.
     *
     * @param name the platform's name, a key of {@link Platforms#byName}
     * @param jar the file name of the job jar
     * @param release the file name of the release
     */
    public Optional<DeploymentTarget<?>> read(LogicalPlan plan, String name, String jar, String release) {
        Project project = plan.project();
        Platform<?> platform = Platforms.byName().get(name);
        Optional<YamlNode> node = section(project, name);
        if (platform == null || node.isEmpty()) {
            diagnostics.add(Diagnostic.error(
                            Code.DEPLOY_PLATFORM,
                            SourceSpan.of(platform == null ? "PLATFORM" : file(project)),
                            platform == null
                                    ? "Cannot deploy to '" + name + "': unknown platform"
                                    : "Cannot deploy to '" + name + "': the environment '" + project.environment()
                                            + "' does not configure this platform",
                            platform == null
                                    ? ""
                                    : "Configure it under 'deploy: {" + name + ": ...}'; see deploy/README.md.")
                    .accepting(platform == null ? Platforms.byName().keySet() : List.of(), name));
            return Optional.empty();
        }
        return readSettings(project, project.deploy().orElseThrow())
                .flatMap(settings -> target(platform, project, node.get(), plan, settings, jar, release));
    }

    private <O extends Record> Optional<DeploymentTarget<?>> target(
            Platform<O> platform,
            Project project,
            YamlNode node,
            LogicalPlan plan,
            DeploySettings settings,
            String jar,
            String release) {
        List<Job> jobs = new JobPlanner(plan, settings).jobs(diagnostics);
        checkSchedules(plan, settings.schedule());
        return readOptions(platform, project, node)
                .filter(options -> !diagnostics.hasErrors())
                .map(options -> new DeploymentTarget<>(platform, options, new Deployment(plan, jobs, jar, release)));
    }

    private void checkSchedule(Schedule schedule, SourceSpan place) {
        try {
            CronFields.of(schedule.cron());
        } catch (IllegalArgumentException invalid) {
            diagnostics.add(Diagnostic.error(
                    Code.DEPLOY_SCHEDULE,
                    place,
                    "Cannot parse the schedule '" + schedule.cron() + "': " + invalid.getMessage(),
                    "Write minute, hour, day of month, month and day of week, such as '0 6 * * 1-5'."));
        }
    }

    private Optional<DeploySettings> readSettings(Project project, YamlNode section) {
        return reader(project)
                .read(
                        DeploySettings.class,
                        section,
                        "deploy",
                        Platforms.byName().keySet());
    }

    private <O extends Record> Optional<O> readOptions(Platform<O> platform, Project project, YamlNode node) {
        return reader(project).read(platform.options(), node, "the platform '" + platform.name() + "'");
    }

    private OptionsReader reader(Project project) {
        return new OptionsReader(project.values(), diagnostics);
    }

    private static Optional<YamlNode> section(Project project, String name) {
        return project.deploy()
                .filter(YamlNode.Mapping.class::isInstance)
                .flatMap(section -> ((YamlNode.Mapping) section).value(name));
    }

    private static String file(Project project) {
        return "conf/env/" + project.environment() + ".yml";
    }
}
