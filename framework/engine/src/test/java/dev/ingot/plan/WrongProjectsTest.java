package dev.ingot.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.ComponentKind;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the diagnostics of invalid projects with golden files. Every file of {@code src/test/resources/wrong} is a
 * project in the format of {@link WrittenProject}, with its exact diagnostics after {@code -- expected --}. There,
 * {@code <transformations>} replaces the list of all transformations, so that a new one changes no file. Rewrite the
 * files with {@code -Dingot.accept=true}, and review the diff.
 */
class WrongProjectsTest {

    private static final Path SOURCES = Path.of("src/test/resources/wrong");
    private static final String EXPECTED = "-- expected --\n";

    /** Codes that only Spark, a run or the command line can report. */
    private static final Set<Code> NOT_BY_PLANNING = EnumSet.of(
            Code.CONF_SECRET_MISSING,
            Code.CONF_ARGUMENT,
            Code.CONF_RELEASE,
            Code.DEPLOY_PLATFORM,
            Code.DEPLOY_SCHEDULE,
            Code.PLAN_COLUMN,
            Code.PLAN_CONTRACT,
            Code.PLAN_SCHEMA,
            Code.PLAN_DEFINITION,
            Code.PLAN_PATH,
            Code.PLAN_VERSION);

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void reportsEveryMistake(String name, @TempDir Path folder) throws Exception {
        WrittenProject project = new WrittenProject(folder, text(name));
        Diagnostics diagnostics = new Diagnostics();
        project.select(diagnostics);
        String reported = diagnostics.all().stream()
                .map(Diagnostic::render)
                .map(WrongProjectsTest::withPlaceholders)
                .collect(Collectors.joining("\n", "", "\n"));

        if (Boolean.getBoolean("ingot.accept")) {
            String input = text(name).split(EXPECTED, -1)[0];
            Files.writeString(SOURCES.resolve(name), input + EXPECTED + reported);
        } else {
            assertEquals(project.section("expected"), reported);
        }
    }

    @Test
    void coversEveryCode() throws Exception {
        String reported = cases().map(WrongProjectsTest::text)
                .map(text -> text.split(EXPECTED, -1)[1])
                .collect(Collectors.joining());
        List<Code> uncovered = Stream.of(Code.values())
                .filter(code -> code.owner() == Owner.USER && !NOT_BY_PLANNING.contains(code))
                .filter(code -> !reported.contains(" " + code.id() + " "))
                .toList();

        assertEquals(List.of(), uncovered);
        assertTrue(cases().count() >= 65);
    }

    private static String withPlaceholders(String reported) {
        String text = reported;
        for (ComponentKind kind : ComponentKind.values()) {
            String names = String.join(", ", WrittenProject.CATALOG.names(kind));
            text = text.replace("accepted: " + names, "accepted: <" + kind.word() + "s>");
        }
        return text;
    }

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static String text(String name) {
        try {
            return Files.readString(folder().resolve(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path folder() {
        try {
            return Path.of(WrongProjectsTest.class.getResource("/wrong").toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
