package dev.ingot.cli.reference;

import static dev.ingot.cli.reference.Documents.CATALOG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedFilesTest {

    /** Tests run in the module's folder. */
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    /** This one uses a component of its own. */
    private static final Path UNLIKE = Path.of("pipelines/examples/own-component/pipelines/contacts.yml");

    static Stream<Path> pipelines() throws IOException {
        return below("pipelines")
                .filter(file -> !file.toString().endsWith(".test.yml"))
                .filter(file -> !file.toString().contains("/conf/"))
                .filter(file -> !file.equals(UNLIKE));
    }

    static Stream<Path> environments() throws IOException {
        return Stream.concat(
                below("conf/env"),
                below("pipelines").filter(file -> file.toString().contains("/conf/env/")));
    }

    static Stream<Path> projects() throws IOException {
        return Stream.concat(
                Stream.of(Path.of("conf/project.yml")),
                below("pipelines").filter(file -> file.endsWith("conf/project.yml")));
    }

    private static Stream<Path> below(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT.resolve(folder))) {
            return files
                    .filter(file -> file.toString().endsWith(".yml"))
                    .map(PROJECT::relativize)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void generatedFilesAreCurrent() throws IOException {
        assertEquals(
                List.of(),
                ReferenceFiles.outdated(PROJECT, CATALOG),
                "These files are outdated. Run ./ingot schema --write");
    }

    @Test
    void areCurrentAfterTheyAreWritten(@TempDir Path folder) throws IOException {
        assertEquals(
                List.of(
                        "pipelines/pipeline.schema.json",
                        "pipelines/REFERENCE.md",
                        "conf/project.schema.json",
                        "conf/environment.schema.json"),
                ReferenceFiles.outdated(folder, CATALOG));

        ReferenceFiles.write(folder, CATALOG);
        assertEquals(List.of(), ReferenceFiles.outdated(folder, CATALOG));

        Files.writeString(folder.resolve("pipelines/REFERENCE.md"), "by hand");
        assertEquals(List.of("pipelines/REFERENCE.md"), ReferenceFiles.outdated(folder, CATALOG));
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void pipelinesMatchTheSchema(Path file) throws IOException {
        assertEquals(List.of(), mistakes(Schemas.pipeline(CATALOG), file));
    }

    @ParameterizedTest
    @MethodSource("environments")
    void environmentsMatchTheSchema(Path file) throws IOException {
        assertEquals(List.of(), mistakes(Schemas.environment(), file));
    }

    @ParameterizedTest
    @MethodSource("projects")
    void projectsMatchTheSchema(Path file) throws IOException {
        assertEquals(List.of(), mistakes(Schemas.project(CATALOG), file));
    }

    private static List<String> mistakes(String schema, Path file) throws IOException {
        return SchemaCheck.of(schema).mistakes(Files.readString(PROJECT.resolve(file)));
    }
}
