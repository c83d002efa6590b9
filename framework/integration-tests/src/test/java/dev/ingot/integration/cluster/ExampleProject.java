package dev.ingot.integration.cluster;

import dev.ingot.testkit.StoredTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A copy of this repository's example project, and the tables that its runs write into lakes. */
record ExampleProject(Path folder) {

    private static final Path HOME = Path.of("").toAbsolutePath().getParent().getParent();

    static ExampleProject in(Path folder) throws IOException {
        for (String part : List.of("conf", "pipelines")) {
            copy(HOME.resolve(part), folder.resolve(part));
        }
        return new ExampleProject(folder);
    }

    /** Adds an environment with its own lake; all environments share the landing folder. */
    void addEnvironment(String name, Path lake, String deploy) throws IOException {
        Files.writeString(folder.resolve("conf/env/" + name + ".yml"), """
                lake: %s
                variables: {landing: %s}
                spark: {spark.sql.shuffle.partitions: 2, spark.databricks.delta.snapshotPartitions: 1}
                deploy: {local: %s}
                """.formatted(
                        lake, folder.resolve("pipelines/earthquakes/landing"), deploy));
    }

    /** Returns the tables of a lake, quarantines included, as layer/table. */
    static List<String> tables(Path lake) throws IOException {
        try (Stream<Path> logs = Files.find(lake, 3, (path, what) -> path.endsWith("_delta_log"))) {
            return logs.map(log -> lake.relativize(log.getParent()).toString())
                    .filter(name -> !name.startsWith("_ingot"))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the rows of a table without the columns that differ from run to run: run id, times and file paths. */
    static Dataset<Row> rows(SparkSession spark, Path lake, String table) {
        return new StoredTable(spark, lake.resolve(table))
                .rows()
                .drop("_run_id", "_ingested_at", "_quarantined_at", "_source_file");
    }

    private static void copy(Path from, Path to) throws IOException {
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
