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

/** Reads what an environment says under {@code deploy:}. */
public final class DeployReader {

    private final Diagnostics diagnostics;

    public DeployReader(Diagnostics diagnostics) {
        this.diagnostics = Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /** Reports the mistakes of the section, those of every platform in it included, and schedules that are none. */
    public void check(LogicalPlan plan) {
        Project project = plan.project();
        Optional<DeploySettings> said = project.deploy().flatMap(section -> words(project, section));
        checkSchedules(plan, said.flatMap(DeploySettings::schedule));
        said.ifPresent(words -> Platforms.byName()
                .values()
                .forEach(platform ->
                        section(project, platform.name()).ifPresent(node -> options(platform, project, node))));
    }

    private void checkSchedules(LogicalPlan plan, Optional<Schedule> ofEnvironment) {
        plan.pipelines()
                .forEach(pipeline -> pipeline.definition()
                        .file()
                        .schedule()
                        .ifPresent(schedule -> checkSchedule(schedule, pipeline.span())));
        ofEnvironment.ifPresent(schedule -> checkSchedule(schedule, SourceSpan.of(file(plan.project()))));
    }

    /**
     * A platform as the environment declares it; empty when it is not declared or something is wrong, which is reported.
     *
     * @param name one of {@link Platforms#byName}
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
                                    ? "Cannot deploy to '" + name + "': there is no such platform"
                                    : "Cannot deploy to '" + name + "': the environment '" + project.environment()
                                            + "' does not say how",
                            platform == null
                                    ? ""
                                    : "Say it under 'deploy: {" + name + ": ...}'; deploy/README.md shows how.")
                    .accepting(platform == null ? Platforms.byName().keySet() : List.of(), name));
            return Optional.empty();
        }
        return words(project, project.deploy().orElseThrow())
                .flatMap(words -> declared(platform, project, node.get(), plan, words, jar, release));
    }

    private <O extends Record> Optional<DeploymentTarget<?>> declared(
            Platform<O> platform,
            Project project,
            YamlNode node,
            LogicalPlan plan,
            DeploySettings words,
            String jar,
            String release) {
        List<Job> jobs = new JobPlanner(plan, words).jobs(diagnostics);
        checkSchedules(plan, words.schedule());
        return options(platform, project, node)
                .filter(options -> !diagnostics.hasErrors())
                .map(options -> new DeploymentTarget<>(platform, options, new Deployment(plan, jobs, jar, release)));
    }

    private void checkSchedule(Schedule schedule, SourceSpan place) {
        try {
            CronFields.of(schedule.cron());
        } catch (IllegalArgumentException unfit) {
            diagnostics.add(Diagnostic.error(
                    Code.DEPLOY_SCHEDULE,
                    place,
                    "Cannot understand the schedule '" + schedule.cron() + "': " + unfit.getMessage(),
                    "Write minute, hour, day of month, month and day of week, such as '0 6 * * 1-5'."));
        }
    }

    private Optional<DeploySettings> words(Project project, YamlNode section) {
        return reader(project)
                .read(
                        DeploySettings.class,
                        section,
                        "deploy",
                        Platforms.byName().keySet());
    }

    private <O extends Record> Optional<O> options(Platform<O> platform, Project project, YamlNode node) {
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
