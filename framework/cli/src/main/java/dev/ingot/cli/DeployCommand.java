package dev.ingot.cli;

import dev.ingot.deploy.Artifacts;
import dev.ingot.deploy.Change;
import dev.ingot.deploy.Declared;
import dev.ingot.deploy.DeployReader;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Workspace;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.release.Release;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ingot deploy}: shows what would change on a platform, then makes it so. */
@Command(
        name = "deploy",
        description =
                "Shows what would change in a platform's job definitions, then writes them below deploy/ and, where"
                        + " the platform can be reached, makes the jobs there.")
final class DeployCommand implements Callable<Integer> {

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Parameters(
            paramLabel = "PLATFORM",
            description = "databricks, synapse, airflow, ... : deploy/README.md lists them.")
    private String platform;

    @Option(names = "--dry-run", description = "Shows what would change, and changes nothing.")
    private boolean dryRun;

    @Option(names = "--files-only", description = "Writes the files and leaves the platform alone.")
    private boolean filesOnly;

    @Option(names = "--allow-delete", description = "Deletes jobs on the platform that the project no longer declares.")
    private boolean allowDelete;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Declared<?> declared = declared(project, platform, err);
        DeployFiles files = new DeployFiles(declared);
        try (Workspace workspace = workspace(declared).orElse(null)) {
            List<Change> there = workspace == null ? List.of() : workspace.changes();
            List<Change> all = new ArrayList<>(files.changes());
            all.addAll(there);
            ChangesPrinter.print(all, out);
            if (!dryRun) {
                files.write();
                List<Change> allowed = there.stream()
                        .filter(change -> allowDelete || change.kind() != Change.Kind.DELETE)
                        .toList();
                if (workspace != null && !allowed.isEmpty()) {
                    workspace.apply(allowed);
                }
                ChangesPrinter.kept(there, allowed, err);
            }
        }
        return 0;
    }

    private Optional<Workspace> workspace(Declared<?> declared) {
        if (filesOnly) {
            return Optional.empty();
        }
        Deployment deployment = declared.deployment();
        Path releases = deployment.plan().project().root().resolve("target/releases");
        Artifacts artifacts = new Artifacts(JobJar.find(), releases.resolve(deployment.release()));
        return declared.workspace(artifacts, System.getenv());
    }

    /**
     * A platform as the project's environment declares it.
     *
     * @throws dev.ingot.diagnostics.IngotException with every mistake in the project's files
     */
    static Declared<?> declared(ProjectOptions project, String platform, PrintWriter err) {
        LogicalPlan plan = Plans.checked(project, err);
        Release release = Release.of(plan.project().name(), plan.project().root());
        Diagnostics diagnostics = new Diagnostics();
        Optional<Declared<?>> declared = new DeployReader(diagnostics)
                .read(plan, platform, JobJar.find().getFileName().toString(), release.fileName());
        diagnostics.throwIfErrors();
        return declared.orElseThrow();
    }
}
