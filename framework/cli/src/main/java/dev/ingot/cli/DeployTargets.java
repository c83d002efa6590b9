package dev.ingot.cli;

import dev.ingot.deploy.Artifacts;
import dev.ingot.deploy.DeployReader;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.DeploymentTarget;
import dev.ingot.deploy.Workspace;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.release.Release;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The platforms as 'deploy' and 'submit' know them.
 *
 * @param jar the job jar that runs there
 * @param way how a platform is reached
 */
record DeployTargets(Supplier<JobJar> jar, Way way) {

    /** The way to a platform over the network; empty when it takes files only. */
    @FunctionalInterface
    interface Way {

        Optional<Workspace> to(DeploymentTarget<?> declared, Artifacts artifacts);
    }

    DeployTargets {
        Objects.requireNonNull(jar, "jar");
        Objects.requireNonNull(way, "way");
    }

    /** Those that there are, with the jar of this build. */
    static DeployTargets all() {
        return new DeployTargets(JobJar::find, (declared, artifacts) -> declared.workspace(artifacts, System.getenv()));
    }

    /**
     * A platform as the project's environment declares it.
     *
     * @throws dev.ingot.diagnostics.IngotException with every mistake in the project's files
     */
    DeploymentTarget<?> declared(ProjectOptions project, String platform, PrintWriter err) {
        LogicalPlan plan = SelectedPlan.checked(project, err);
        Release release = Release.of(plan.project().name(), plan.project().root());
        Diagnostics diagnostics = new Diagnostics();
        Optional<DeploymentTarget<?>> declared =
                new DeployReader(diagnostics).read(plan, platform, jar.get().name(), release.fileName());
        diagnostics.throwIfErrors();
        return declared.orElseThrow();
    }

    /** The platform over the network; what it may be given lies in a folder that goes with the process. */
    Optional<Workspace> workspace(DeploymentTarget<?> declared) throws IOException {
        Deployment deployment = declared.deployment();
        Path folder = Files.createTempDirectory("ingot-release-");
        Path file = folder.resolve(deployment.release());
        folder.toFile().deleteOnExit();
        file.toFile().deleteOnExit();
        Release release =
                Release.of(deployment.project(), deployment.plan().project().root());
        Files.write(file, release.zip());
        return way.to(declared, new Artifacts(jar.get().file(), file));
    }
}
