package dev.ingot.deploy;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.config.Project;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.Planning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;

/** The example project that this repository ships, in an environment 'prod' of a test. */
public final class SampleDeployment {

    private static final Path HOME = Path.of("").toAbsolutePath().getParent().getParent();
    private static final RunValues RUN =
            new RunValues("run-1", LocalDate.parse("2026-01-31"), Instant.parse("2026-01-31T06:00:00Z"));

    private final Path root;

    /**
     * Writes the project into a folder.
     *
     * @param environment the text of {@code conf/env/prod.yml}
     */
    public SampleDeployment(Path folder, String environment) throws IOException {
        root = folder;
        copy("conf/project.yml");
        try (Stream<Path> all = Files.walk(HOME.resolve("pipelines"))) {
            for (Path file : all.filter(file -> file.toString().matches(".*\\.(yml|sql)"))
                    .toList()) {
                copy(HOME.relativize(file).toString());
            }
        }
        write("conf/env/prod.yml", environment);
    }

    /** Writes or replaces a file of the project. */
    public void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /**
     * A platform as the environment declares it.
     *
     * @throws dev.ingot.diagnostics.IngotException when something is wrong with the project or the declaration
     */
    public Declared<?> declared(String platform) {
        Diagnostics diagnostics = new Diagnostics();
        Project project = new ProjectReader(root, Map.of(), diagnostics)
                .read("prod", Map.of(), RUN)
                .orElseThrow();
        LogicalPlan plan = Planning.of(project, ComponentCatalog.load(getClass().getClassLoader()), diagnostics);
        diagnostics.throwIfErrors();
        Declared<?> declared = new DeployReader(diagnostics)
                .read(plan, platform, "ingot-0.1.0.jar", "earthquakes-0123abcd.zip")
                .orElse(null);
        diagnostics.throwIfErrors();
        return declared;
    }

    private void copy(String file) throws IOException {
        write(file, Files.readString(HOME.resolve(file)));
    }
}
