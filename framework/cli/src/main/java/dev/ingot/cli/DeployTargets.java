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
 * Resolves the platforms of 'deploy' and 'submit'.
 *
 * @param jar supplies the job jar that runs there
 * @param connector connects to a platform
 */
record DeployTargets(Supplier<JobJar> jar, Connector connector) {

    /** Connects to a platform over the network; returns empty when the platform only takes files. */
    @FunctionalInterface
    interface Connector {

        Optional<Workspace> connect(DeploymentTarget<?> declared, Artifacts artifacts);
    }

    DeployTargets {
        Objects.requireNonNull(jar, "jar");
        Objects.requireNonNull(connector, "connector");
    }

    /** Returns all known platforms, with the job jar of this build. */
    static DeployTargets all() {
        return new DeployTargets(JobJar::find, (declared, artifacts) -> declared.workspace(artifacts, System.getenv()));
    }

    /**
     * Returns a platform as the project's environment declares it.
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

    /**
     * Connects to the platform over the network. The release to upload is written to a temporary folder that is deleted
     * when the process exits.
     */
    Optional<Workspace> workspace(DeploymentTarget<?> declared) throws IOException {
        Deployment deployment = declared.deployment();
        Path folder = Files.createTempDirectory("ingot-release-");
        Path file = folder.resolve(deployment.release());
        folder.toFile().deleteOnExit();
        file.toFile().deleteOnExit();
        Release release =
                Release.of(deployment.project(), deployment.plan().project().root());
        Files.write(file, release.zip());
        return connector.connect(declared, new Artifacts(jar.get().file(), file));
    }
}
