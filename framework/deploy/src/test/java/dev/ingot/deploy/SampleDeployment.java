package dev.ingot.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Copies the example project of this repository, with another landing folder and an environment 'prod'. */
public final class SampleDeployment {

    private static final Path HOME = Path.of("").toAbsolutePath().getParent().getParent();
    private final DeclaredProject project;

    /**
     * Writes the project into a folder.
     *
     * @param environment the text of {@code conf/env/prod.yml}
     */
    public SampleDeployment(Path folder, String environment) throws IOException {
        project = new DeclaredProject(folder, "ingot-0.1.0.jar", "earthquakes-0123abcd.zip");
        write(
                "conf/project.yml",
                Files.readString(HOME.resolve("conf/project.yml"))
                        .replace("default: pipelines/earthquakes/landing", "default: /landing/earthquakes"));
        try (Stream<Path> all = Files.walk(HOME.resolve("pipelines"))) {
            for (Path file : all.filter(file -> file.toString().matches(".*\\.(yml|sql)"))
                    .toList()) {
                copy(HOME.relativize(file).toString());
            }
        }
        write("conf/env/prod.yml", environment);
    }

    /** Writes or replaces a file of the project. */
    public void write(String file, String text) {
        project.write(file, text);
    }

    /**
     * Reads the declaration of a platform.
     *
     * @throws dev.ingot.diagnostics.IngotException when the project or the declaration is invalid
     */
    public DeploymentTarget<?> declared(String platform) {
        return project.declared(platform);
    }

    private void copy(String file) throws IOException {
        write(file, Files.readString(HOME.resolve(file)));
    }
}
