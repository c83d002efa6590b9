package dev.ingot.integration.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.integration.docs.DocumentedPage.Step;
import dev.ingot.integration.launcher.BuiltClone;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the commands of each page in one shell, from its first to its last, and compares what they print with what the page
 * shows. The commands of a page start in a copy of the example project in a folder {@code ingot}, those of the tutorial
 * beside it. One page alone: {@code -Dingot.test.page=docs/tutorial.md}.
 */
@EnabledIf(
        value = "dev.ingot.integration.cluster.SparkHome#isPacked",
        disabledReason = "only 'mvn verify' packs the jars")
@Order(1)
@LongTest
class DocumentedCommandsTest {

    private static final Path REPOSITORY =
            Path.of("").toAbsolutePath().getParent().getParent();

    private static final int LIMIT_SECONDS = 900;

    private static TemporaryLake folder;
    private static BuiltClone clone;

    @BeforeAll
    static void copyTheClone() throws IOException {
        folder = TemporaryLake.create();
        clone = BuiltClone.in(folder.root());
    }

    @AfterAll
    static void deleteTheClone() {
        folder.close();
    }

    static List<String> pages() throws IOException {
        List<String> pages = new ArrayList<>(
                List.of("README.md", "docs/tutorial.md", "docs/operations.md", "docs/storage.md", "deploy/README.md"));
        try (Stream<Path> platforms = Files.list(REPOSITORY.resolve("docs/platforms"))) {
            platforms
                    .map(file -> REPOSITORY.relativize(file).toString())
                    .filter(name -> name.endsWith(".md"))
                    .sorted()
                    .forEach(pages::add);
        }
        String only = System.getProperty("ingot.test.page", "");
        return pages.stream()
                .filter(page -> only.isEmpty() || page.equals(only))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theCommandsOfAPagePrintWhatItShows(String name) throws IOException, InterruptedException {
        List<Step> steps = DocumentedPage.of(REPOSITORY.resolve(name)).steps();
        Path work = Files.createDirectories(folder.path("pages").resolve(name.replace('/', '-')));
        Path project = copyTheProject(work.resolve("ingot"));
        Path printed = Files.createDirectories(folder.path("printed").resolve(name.replace('/', '-')));

        int code = run(steps, name.equals("docs/tutorial.md") ? work : project, printed);

        assertEquals(List.of(), problems(name, steps, code, printed));
    }

    /** Lists what went wrong, each with its place on the page. */
    private static List<String> problems(String page, List<Step> steps, int code, Path printed) throws IOException {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            Path file = printed.resolve(i + ".txt");
            boolean isLast = !Files.exists(printed.resolve((i + 1) + ".txt"));
            List<String> lines = Files.readAllLines(file);
            String place = page + ":" + step.line() + ": ";
            String all = ", but printed:\n" + String.join("\n", lines) + "\n";
            if (isLast && code != 0) {
                problems.add(place + "the commands ended with " + code + all);
                return problems;
            }
            new ExpectedOutput(step.output())
                    .missingFrom(lines)
                    .ifPresent(missing -> problems.add(place + "did not print '" + missing + "'" + all));
        }
        return problems;
    }

    /** Runs all steps in one shell, so that its working directory and its variables carry over. */
    private static int run(List<Step> steps, Path directory, Path printed) throws IOException, InterruptedException {
        List<String> script = new ArrayList<>(List.of(
                "set -eo pipefail", "trap 'echo \"exit code $? of: $BASH_COMMAND\"' ERR", "printed='" + printed + "'"));
        for (int i = 0; i < steps.size(); i++) {
            script.add("exec >\"$printed/" + i + ".txt\" 2>&1");
            script.addAll(steps.get(i).commands());
        }
        Path file = Files.write(printed.resolve("commands.sh"), script);
        ProcessBuilder builder = new ProcessBuilder("bash", file.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.resolve("shell.txt").toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().put("HOME", clone.home().toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    /** Copies what the commands use of a clone: the example project and the launcher. */
    private static Path copyTheProject(Path to) throws IOException {
        for (String part : List.of("conf", "pipelines")) {
            try (Stream<Path> files = Files.walk(REPOSITORY.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path copy = to.resolve(REPOSITORY.relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        Files.createSymbolicLink(to.resolve("ingot"), clone.folder().resolve("ingot"));
        return to;
    }
}
