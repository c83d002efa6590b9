package dev.ingot.cli;

import dev.ingot.deploy.Change;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.DeploymentTarget;
import dev.ingot.deploy.Workspace;
import dev.ingot.diagnostics.Diagnostics;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ingot deploy}: shows what would change on a platform, then applies it. */
@Command(
        name = "deploy",
        description =
                "Shows what would change in a platform's job definitions, then writes them below deploy/ and, where"
                        + " the platform can be reached, creates or updates its jobs.")
final class DeployCommand implements Callable<Integer> {

    private final DeployTargets targets;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Parameters(
            paramLabel = "PLATFORM",
            description = "databricks, synapse, airflow, ... : deploy/README.md lists them.")
    private String platform;

    @Option(names = "--dry-run", description = "Shows what would change and changes nothing.")
    private boolean dryRun;

    @Option(names = "--files-only", description = "Writes the files and does not connect to the platform.")
    private boolean filesOnly;

    @Option(
            names = "--allow-delete",
            description = "Deletes jobs on the platform, and their files, that the project no longer declares.")
    private boolean allowDelete;

    @Spec
    private CommandSpec spec;

    DeployCommand() {
        this(DeployTargets.all());
    }

    DeployCommand(DeployTargets targets) {
        this.targets = targets;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        DeploymentTarget<?> declared = targets.declared(project, platform, err);
        Diagnostics warnings = new Diagnostics();
        DeployFiles files = new DeployFiles(declared, warnings);
        DiagnosticsPrinter.print(warnings.all(), err);
        try (Workspace workspace =
                filesOnly ? null : targets.workspace(declared).orElse(null)) {
            List<Change> local = files.changes();
            ChangesPrinter.print(local, out);
            List<Change> remote = workspace == null ? List.of() : workspace.changes();
            ChangesPrinter.print(remote, out);
            List<Change> all = Stream.concat(local.stream(), remote.stream()).toList();
            ChangesPrinter.printCounts(all, out);
            if (dryRun) {
                err.println("Nothing was changed: this is a dry run.");
            } else {
                if (workspace != null && !allowed(remote).isEmpty()) {
                    workspace.apply(allowed(remote));
                }
                files.apply(allowed(local));
                if (workspace == null) {
                    Deployment deployment = declared.deployment();
                    err.println("The jobs run " + deployment.release() + " with " + deployment.jar()
                            + ": 'ingot package --env " + deployment.environment()
                            + " --to DIR' creates both; copy them to the paths in the files.");
                }
                ChangesPrinter.printKept(all, allowed(all), err);
            }
        }
        return 0;
    }

    private List<Change> allowed(List<Change> changes) {
        return changes.stream()
                .filter(change -> allowDelete || change.kind() != Change.Kind.DELETE)
                .toList();
    }
}
