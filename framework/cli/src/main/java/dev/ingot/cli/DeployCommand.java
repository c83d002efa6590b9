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
import java.nio.file.Files;
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
        Diagnostics warnings = new Diagnostics();
        DeployFiles files = new DeployFiles(declared, warnings);
        DiagnosticsPrinter.print(warnings.all(), err);
        try (Workspace workspace = filesOnly ? null : workspace(declared).orElse(null)) {
            List<Change> there = workspace == null ? List.of() : workspace.changes();
            List<Change> all = new ArrayList<>(files.changes());
            all.addAll(there);
            ChangesPrinter.print(all, out);
            if (!dryRun) {
                List<Change> allowed = there.stream()
                        .filter(change -> allowDelete || change.kind() != Change.Kind.DELETE)
                        .toList();
                if (workspace != null && !allowed.isEmpty()) {
                    workspace.apply(allowed);
                }
                files.write();
                if (workspace == null) {
                    Deployment deployment = declared.deployment();
                    err.println("The jobs run " + deployment.release() + " by " + deployment.jar()
                            + ": 'ingot package --env " + deployment.environment()
                            + " --to DIR' makes both; put them where the files say.");
                }
                ChangesPrinter.kept(there, allowed, err);
            }
        }
        return 0;
    }

    /** The platform over the network; what it may be given lies in a folder that goes with the process. */
    static Optional<Workspace> workspace(Declared<?> declared) throws IOException {
        Deployment deployment = declared.deployment();
        Path folder = Files.createTempDirectory("ingot-release-");
        Path file = folder.resolve(deployment.release());
        folder.toFile().deleteOnExit();
        file.toFile().deleteOnExit();
        Release release =
                Release.of(deployment.project(), deployment.plan().project().root());
        Files.write(file, release.zip());
        return declared.workspace(new Artifacts(JobJar.find(), file), System.getenv());
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
