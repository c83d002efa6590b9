package dev.ingot.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How long a person waits for a mistake to be told, and for a large project to be checked, beside a bare Java that reads
 * the same bytes. Both run in turns; the figure is the ratio of their medians.
 */
public final class ValidateBenchmark {

    private static final int RUNS = 9;
    private static final int PIPELINES = 5000;

    private ValidateBenchmark() {}

    /** Measures; the argument is the launcher. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path launcher = Path.of(arguments[0]).toAbsolutePath();
        Path folder = Files.createTempDirectory("ingot-benchmark");
        Path small = folder.resolve("mistake");
        GeneratedProject.write(small, 5);
        Path file = small.resolve("pipelines/area0/t1.yml");
        Files.writeString(file, Files.readString(file).replace("keys:", "kees:"));
        Path large = folder.resolve("large");
        GeneratedProject.write(large, PIPELINES);
        System.out.println("what                         ingot s   (min-max)     bare java s  (min-max)     ratio");
        compare("a mistake in one file", launcher, small, 2);
        compare("valid, " + PIPELINES + " pipelines", launcher, large, 0);
    }

    private static void compare(String what, Path launcher, Path project, int expected)
            throws IOException, InterruptedException {
        List<String> ingot = List.of(launcher.toString(), "validate", "--project", project.toString());
        List<String> bare = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ReadBytes.class.getName(),
                project.toString());
        time(ingot, expected);
        time(bare, 0);
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            ours.add(time(ingot, expected));
            theirs.add(time(bare, 0));
        }
        Collections.sort(ours);
        Collections.sort(theirs);
        System.out.println(String.format(
                Locale.ROOT,
                "%-28s %7.2f   (%.2f-%.2f)   %7.2f      (%.2f-%.2f)   %5.2f",
                what,
                ours.get(RUNS / 2),
                ours.get(0),
                ours.get(RUNS - 1),
                theirs.get(RUNS / 2),
                theirs.get(0),
                theirs.get(RUNS - 1),
                ours.get(RUNS / 2) / theirs.get(RUNS / 2)));
    }

    private static double time(List<String> command, int expected) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != expected) {
            throw new IllegalStateException(command + " ended with " + code + ":\n" + output);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
