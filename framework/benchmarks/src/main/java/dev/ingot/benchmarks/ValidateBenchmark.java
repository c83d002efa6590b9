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
 * Measures the time until a mistake is reported, and until a large project is checked, against a bare Java program that
 * reads the same bytes. Both run alternately; the figure is the ratio of their medians.
 */
public final class ValidateBenchmark {

    private static final int RUNS = 9;
    private static final int PIPELINES = 5000;

    private ValidateBenchmark() {}

    /** Runs the benchmark; the argument is the launcher. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path launcher = Path.of(arguments[0]).toAbsolutePath();
        Path folder = Files.createTempDirectory("ingot-benchmark");
        Path small = folder.resolve("mistake");
        GeneratedProject.write(small, 5);
        Path file = small.resolve("pipelines/area0/t1.yml");
        Files.writeString(file, Files.readString(file).replace("keys:", "kees:"));
        Path large = folder.resolve("large");
        GeneratedProject.write(large, PIPELINES);
        System.out.println("label                         ingot s   (min-max)     bare java s  (min-max)     ratio");
        compare("a mistake in one file", launcher, small, 2);
        compare("valid, " + PIPELINES + " pipelines", launcher, large, 0);
    }

    private static void compare(String label, Path launcher, Path project, int expected)
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
        List<Double> ingotTimes = new ArrayList<>();
        List<Double> bareTimes = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            ingotTimes.add(time(ingot, expected));
            bareTimes.add(time(bare, 0));
        }
        Collections.sort(ingotTimes);
        Collections.sort(bareTimes);
        System.out.println(String.format(
                Locale.ROOT,
                "%-28s %7.2f   (%.2f-%.2f)   %7.2f      (%.2f-%.2f)   %5.2f",
                label,
                ingotTimes.get(RUNS / 2),
                ingotTimes.get(0),
                ingotTimes.get(RUNS - 1),
                bareTimes.get(RUNS / 2),
                bareTimes.get(0),
                bareTimes.get(RUNS - 1),
                ingotTimes.get(RUNS / 2) / bareTimes.get(RUNS / 2)));
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
