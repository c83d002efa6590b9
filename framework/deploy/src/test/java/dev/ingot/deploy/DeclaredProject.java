package dev.ingot.deploy;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.ProjectPlanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;

/**
 * Writes a project to a folder and reads the platforms that its environment 'prod' declares.
 *
 * @param jar the file name of the job jar
 * @param release the file name of the release
 */
public record DeclaredProject(Path folder, String jar, String release) {

    private static final RunValues RUN =
            new RunValues("run-1", LocalDate.parse("2026-01-31"), Instant.parse("2026-01-31T06:00:00Z"));

    public DeclaredProject {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(jar, "jar");
        Objects.requireNonNull(release, "release");
    }

    /** Writes or replaces a file of the project and returns its path. */
    public Path write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            return Files.writeString(path, text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Reads the declaration of a platform.
     *
     * @throws dev.ingot.diagnostics.IngotException with every error
     */
    public DeploymentTarget<?> declared(String platform) {
        Diagnostics diagnostics = new Diagnostics();
        LogicalPlan plan = new ProjectReader(folder, Map.of(), diagnostics)
                .read("prod", Map.of(), RUN)
                .map(project -> ProjectPlanner.of(
                        project, ComponentCatalog.load(getClass().getClassLoader()), diagnostics))
                .orElse(null);
        diagnostics.throwIfErrors();
        DeploymentTarget<?> declared =
                new DeployReader(diagnostics).read(plan, platform, jar, release).orElse(null);
        diagnostics.throwIfErrors();
        return declared;
    }
}
