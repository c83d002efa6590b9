package dev.ingot.integration.storage;

import dev.ingot.cli.Main;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs commands of the command line in a JVM of its own, one after the other in one Spark session, because a warm
 * session needs a third of the time. Arguments: the hosts file, then the steps with their arguments.
 */
final class StorageRuns {

    private StorageRuns() {}

    /**
     * Runs the steps; exits with code 1 when one fails. The steps: {@code run PROJECT ENVIRONMENT REPORT} runs the
     * project and writes its report to a file; {@code deliver FROM TO} copies a local folder to any storage; {@code
     * dump LAKE FOLDER} writes the rows of every table of a lake to a file each.
     */
    public static void main(String[] arguments) throws IOException {
        // Must be set before the first host name is resolved.
        System.setProperty("jdk.net.hosts.file", arguments[0]);
        for (int at = 1; at < arguments.length; ) {
            long start = System.nanoTime();
            String step = arguments[at];
            switch (step) {
                case "run" -> {
                    run(arguments[at + 1], arguments[at + 2], java.nio.file.Path.of(arguments[at + 3]));
                    at += 4;
                }
                case "deliver" -> {
                    ExampleOnStorage.deliver(java.nio.file.Path.of(arguments[at + 1]), arguments[at + 2], hadoop());
                    at += 3;
                }
                case "dump" -> {
                    dump(arguments[at + 1], java.nio.file.Path.of(arguments[at + 2]));
                    at += 3;
                }
                default -> throw new IllegalArgumentException(step);
            }
            System.err.println(step + " took " + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
        System.exit(0);
    }

    private static void run(String project, String environment, java.nio.file.Path report) throws IOException {
        PrintStream out = System.out;
        try (PrintStream file = new PrintStream(report.toFile(), StandardCharsets.UTF_8)) {
            System.setOut(file);
            int code = Main.execute("run", "--project", project, "--env", environment, "--output", "json", "--verbose");
            if (code != 0) {
                throw new IllegalStateException("run --env " + environment + " ended with code " + code);
            }
        } finally {
            System.setOut(out);
        }
    }

    private static void dump(String lake, java.nio.file.Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String layer : List.of("bronze", "silver", "gold")) {
            Path tables = new Path(lake + "/" + layer);
            for (FileStatus table : tables.getFileSystem(hadoop()).listStatus(tables)) {
                String location = table.getPath().toString();
                Files.write(
                        folder.resolve(layer + "." + table.getPath().getName()),
                        rows(SparkSession.active().read().format("delta").load(location)));
            }
        }
    }

    private static Configuration hadoop() {
        return SparkSession.active().sessionState().newHadoopConf();
    }

    /** Returns the rows without the columns that differ between two runs: run ids, times and folders. */
    private static List<String> rows(Dataset<Row> table) {
        return table
                .drop("_run_id", "_ingested_at", "_quarantined_at", "_source_file")
                .toJSON()
                .collectAsList()
                .stream()
                .sorted()
                .toList();
    }
}
