package dev.ingot.cli;

import dev.ingot.deploy.DeploymentTarget;
import dev.ingot.deploy.Submission;
import dev.ingot.deploy.Workspace;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ingot submit}: starts a run on a platform and follows it to its end; an interruption cancels the run. */
@Command(
        name = "submit",
        description =
                "Starts a run on a platform and follows it. With a --run-id that was submitted before, it finds and"
                        + " follows that run. Ctrl-C cancels the run.")
final class SubmitCommand implements Callable<Integer> {

    private final DeployTargets targets;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Parameters(index = "0", paramLabel = "PLATFORM", description = "A platform with an API: databricks, synapse.")
    private String platform;

    @Parameters(
            index = "1..*",
            paramLabel = "SELECT",
            description = "The pipelines to select, as for 'run' (default: all).")
    private List<String> selection = new ArrayList<>();

    @Option(
            names = "--full-refresh",
            description = "Rebuilds the selected tables from everything that their sources have.")
    private boolean fullRefresh;

    @Spec
    private CommandSpec spec;

    SubmitCommand() {
        this(DeployTargets.all());
    }

    SubmitCommand(DeployTargets targets) {
        this.targets = targets;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        DeploymentTarget<?> declared = targets.declared(project, platform, err);
        Submission submission = new Submission(
                project.runValues().id(),
                selection,
                project.explicitDate(),
                project.variables(),
                fullRefresh ? Submission.Refresh.FULL : Submission.Refresh.NEW);
        try (Workspace workspace = targets.workspace(declared).orElseThrow(() -> unreachable(declared))) {
            DeployedRun run = new DeployedRun(submission.runId(), err, Runtime.getRuntime()::addShutdownHook);
            return run.follow(() -> workspace.submit(submission));
        }
    }

    private static IngotException unreachable(DeploymentTarget<?> declared) {
        return new IngotException(Diagnostic.error(
                Code.DEPLOY_PLATFORM,
                SourceSpan.of("conf/env/" + declared.deployment().environment() + ".yml"),
                "Cannot submit to '" + declared.platform().name() + "': the environment does not configure its address",
                "Databricks needs 'host:' under 'deploy: {databricks: ...}'. Platforms other than Databricks and"
                        + " Synapse take files and start the jobs themselves."));
    }
}
