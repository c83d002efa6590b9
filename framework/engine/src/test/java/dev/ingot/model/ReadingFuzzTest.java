package dev.ingot.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.component.ComponentKind;
import dev.ingot.config.Project;
import dev.ingot.definition.PipelineSpec;
import dev.ingot.definition.SpecReader;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.plan.WrittenProject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads thousands of corrupted pipelines: none may crash or hang the reader, and every finding must have its place. */
class ReadingFuzzTest {

    private static final int DOCUMENTS = 3000;
    private static final long SEED = 20240506;
    private static final String FILE = "pipelines/fuzzed.yml";

    /** Missing text is reported after the last character, or after a carriage return at the end of the file. */
    private static final int AFTER_THE_END = 2;

    private static final List<String> FRAGMENTS = List.of(
            ": ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            ",",
            "'",
            "\"",
            "`",
            "\n",
            "\n  ",
            "\t",
            "\r",
            "#",
            "|\n",
            ">-\n",
            "---\n",
            "...\n",
            "&a ",
            "*a",
            "!!set ",
            "? ",
            "<<: *a\n",
            "%",
            "@",
            "~",
            "null",
            "${",
            "${var:x}",
            "${secret:kv/x}",
            "$${",
            ":var_x",
            ":run_date",
            "reflect(",
            "(",
            ")",
            "/*",
            "-- ",
            "\\",
            "\u0000",
            "\u0007",
            "\u2028",
            "\uFEFF",
            "\uD83D\uDEEB",
            "\uD83D",
            "0",
            "-1",
            "101%",
            "1e999999999",
            "NO",
            "name: x\n",
            "input: ",
            "on_violation: drop\n",
            "file: ../../x.sql\n",
            "bronze.x");

    private final Random random = new Random(SEED);

    @Test
    void survivesCorruptedFilesAndPlacesEveryFinding(@TempDir Path folder) throws Exception {
        WrittenProject written = new WrittenProject(folder, "-- " + FILE + " --\nname: x\n");
        Project project = written.project(new Diagnostics()).orElseThrow();
        List<String> corpus = corpus();

        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int i = 0; i < DOCUMENTS; i++) {
                check(corrupted(corpus), project, i);
            }
        });
    }

    private static void check(String text, Project project, int number) throws IOException {
        Path file = project.root().resolve(FILE);
        Files.write(file, text.getBytes("UTF-8"));
        Diagnostics diagnostics = new Diagnostics();
        long start = System.nanoTime();
        try {
            List<PipelineSpec> specs =
                    new SpecReader(WrittenProject.CATALOG, project.values(), diagnostics).read(file, FILE);
            Binder binder = new Binder(project, WrittenProject.CATALOG, diagnostics);
            for (PipelineSpec spec : specs) {
                long errorsBefore = diagnostics.errorCount();
                boolean bound = binder.bind(spec).isPresent();
                boolean sound = spec.file().isPresent() && diagnostics.errorCount() == errorsBefore;
                assertEquals(sound, bound, () -> "document " + number + ":\n" + text);
            }
        } catch (RuntimeException crash) {
            throw new AssertionError("document " + number + ":\n" + text, crash);
        }
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        assertTrue(milliseconds < 5_000, () -> "document " + number + " took " + milliseconds + " ms:\n" + text);
        String[] lines = text.split("\r\n|[\n\r\u0085\u2028\u2029]", -1);
        for (Diagnostic found : diagnostics.all()) {
            int line = found.span().line();
            boolean placed = found.span().file().equals(FILE)
                    && line >= 1
                    && line <= lines.length
                    && found.span().column() >= 1
                    && found.span().column() <= lines[line - 1].length() + AFTER_THE_END;
            assertTrue(placed, () -> "document " + number + ": " + found.render() + "\n" + text);
            assertTrue(
                    found.render().chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'),
                    () -> "document " + number + ": " + found);
        }
    }

    private String corrupted(List<String> corpus) {
        StringBuilder text = new StringBuilder(any(corpus));
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(7)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, text.substring(at, end));
                case 2, 3 -> text.insert(at, any(FRAGMENTS));
                case 4 -> text.replace(at, end, any(FRAGMENTS));
                case 5 -> text.insert(lineStart(text, at), " ".repeat(random.nextInt(5)));
                default -> {
                    String other = any(corpus);
                    int from = lineStart(new StringBuilder(other), random.nextInt(other.length() + 1));
                    text.insert(lineStart(text, at), other.substring(from, Math.min(other.length(), from + 60)));
                }
            }
        }
        return text.toString();
    }

    private static int lineStart(StringBuilder text, int at) {
        return text.lastIndexOf("\n", Math.max(0, at - 1)) + 1;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Returns one pipeline with every component, and the files of the wrong projects. */
    private static List<String> corpus() throws IOException, URISyntaxException {
        List<String> corpus = new ArrayList<>(List.of(everything(), everything(), everything()));
        try (Stream<Path> files =
                Files.list(Path.of(ReadingFuzzTest.class.getResource("/wrong").toURI()))) {
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file).replaceAll("(?s)-- expected --.*", "");
                for (String part : text.split("(?m)^-- .* --\n", -1)) {
                    if (part.contains("name:") && part.length() < 3000) {
                        corpus.add(part);
                    }
                }
            }
        }
        return corpus;
    }

    private static String everything() {
        ComponentCatalog catalog = WrittenProject.CATALOG;
        return "name: everything\nsources:\n"
                + catalog.all(ComponentKind.SOURCE).stream()
                        .map(source -> "  " + source.name() + "_alias:\n    "
                                + source.example().replace("\n", "\n    "))
                        .collect(Collectors.joining("\n"))
                + "\ninput: files_alias\ntransformations:\n"
                + items(catalog, ComponentKind.TRANSFORMATION)
                + "\nquality:\n"
                + items(catalog, ComponentKind.CHECK)
                + "\ntarget: {layer: bronze, mode: merge, keys: [id], sequence_by: [at]}\n";
    }

    private static String items(ComponentCatalog catalog, ComponentKind kind) {
        return catalog.all(kind).stream()
                .map(part -> "  - " + part.example().replace("\n", "\n    "))
                .collect(Collectors.joining("\n"));
    }
}
