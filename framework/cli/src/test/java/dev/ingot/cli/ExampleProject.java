package dev.ingot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Copies the example project of this repository. */
final class ExampleProject {

    private static final Path HOME = Path.of("").toAbsolutePath().getParent().getParent();

    private ExampleProject() {}

    static Path copyTo(Path folder) throws IOException {
        for (String part : List.of("conf", "pipelines")) {
            copy(HOME.resolve(part), folder.resolve(part));
        }
        return folder;
    }

    /** Delivers the files of the second day, as described in the README. */
    static void deliver(Path project) throws IOException {
        Path example = project.resolve("pipelines/earthquakes");
        copy(example.resolve("deliveries/second"), example.resolve("landing"));
    }

    /** Copies a folder into another, which has no file of the same name. */
    static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }
}
