package dev.ingot.benchmarks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.ingot.cli.Main;
import io.delta.tables.DeltaTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Measures a merge of a small delivery into a large table, against a MERGE written by hand. Nine tenths of a delivery
 * are updates of known keys, the others are new keys; its keys are adjacent (clustered) or spread (random). The first
 * load is sorted by key or unsorted, and each side stores it in its own way. Both sides start from that table in each
 * round, and both tables are compared in each round. Two times are taken: of the MERGE, as Delta reports it, and of
 * everything from the delivered file to the commit.
 */
public final class MergeBenchmark {

    private static final double[] SHARES = {0.0001, 0.001, 0.01};
    private static final int FILES = 20;

    /** Always the same path, because Ingot identifies the files that it has read by their paths. */
    private static final String PROJECT = "round";

    private static final String PIPELINE = """
            name: accounts
            source:
              files: {path: landing, format: parquet, schema: "id BIGINT, at TIMESTAMP, amount DOUBLE, note STRING"}
              read: new
            target: {layer: bronze, mode: merge, keys: [id], sequence_by: [at]}
            """;

    private final Path folder;
    private final long rows;
    private final int rounds;
    private SparkSession spark;

    private MergeBenchmark(Path folder, long rows, int rounds) {
        this.folder = folder;
        this.rows = rows;
        this.rounds = rounds;
    }

    /**
     * Runs the benchmark; arguments: rows of the table, rounds, and the order of the first load: "ordered" by key or
     * "shuffled", where only clustered deliveries differ.
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("ingot-merge");
        MergeBenchmark benchmark =
                new MergeBenchmark(folder, Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]));
        boolean ordered = arguments[2].equals("ordered");
        benchmark.prepare(ordered);
        System.out.println("delivery            merge s: ingot, plain, ratio    all s: ingot, plain, ratio    "
                + "files rewritten: ingot, plain    MB written: ingot, plain");
        for (double share : SHARES) {
            benchmark.compare(share, true);
            if (ordered) {
                benchmark.compare(share, false);
            }
        }
        delete(folder);
        System.exit(0);
    }

    /** Creates the project with a loaded table, and the same rows as a plain Delta table written by hand. */
    private void prepare(boolean ordered) throws IOException {
        Path project = folder.resolve(PROJECT);
        Files.createDirectories(project.resolve("conf/env"));
        Files.createDirectories(project.resolve("pipelines"));
        Files.writeString(project.resolve("conf/project.yml"), "name: merges\n");
        Files.writeString(project.resolve("conf/env/local.yml"), "lake: lake\n");
        Files.writeString(project.resolve("pipelines/accounts.yml"), PIPELINE);
        Path landing = Files.createDirectories(project.resolve("landing"));
        Files.createDirectories(folder.resolve("deliveries"));
        // Ingot starts Spark, so that both sides use its settings.
        ingot("plan", project);
        spark = SparkSession.builder().getOrCreate();
        Dataset<Row> numbers = spark.range(0, rows, 1, FILES).toDF();
        Dataset<Row> load = ordered ? numbers : numbers.repartition(FILES, functions.xxhash64(col("id")));
        Dataset<Row> table = states(load, 2, "2026-01-01 00:00:00");
        table.write().mode(SaveMode.Overwrite).parquet(folder.resolve("base").toString());
        try (Stream<Path> files = Files.list(folder.resolve("base"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
                backdate(Files.move(file, landing.resolve(file.getFileName())));
            }
        }
        ingot("run", project);
        spark.read()
                .parquet(landing.toString())
                .withColumn("_source_file", functions.input_file_name())
                .withColumn("_ingested_at", functions.current_timestamp())
                .withColumn("_run_id", lit("by hand"))
                .write()
                .format("delta")
                .save(folder.resolve("plain").toString());
        delete(landing);
        Files.createDirectory(landing);
        Files.move(project, folder.resolve("project"));
    }

    /** Generates rows from a column 'id' of row numbers. */
    private static Dataset<Row> states(Dataset<Row> numbers, int factor, String at) {
        return numbers.select(
                col("id").multiply(factor).as("id"),
                lit(at).cast("timestamp").as("at"),
                functions.xxhash64(col("id"), lit(at)).mod(100_000).divide(100).as("amount"),
                functions
                        .concat(
                                lit("note "),
                                functions.md5(functions.concat(col("id").cast("string"), lit(at))))
                        .as("note"));
    }

    private void compare(double share, boolean clustered) throws IOException {
        Path delivery = folder.resolve("deliveries/" + share + clustered + ".parquet");
        deliver(delivery, Math.round(rows * share), clustered);
        List<Measured> ingotRuns = new ArrayList<>();
        List<Measured> plainRuns = new ArrayList<>();
        for (int round = -1; round < rounds; round++) {
            Path project = copy("project", PROJECT);
            Path plain = copy("plain", "plain-" + System.nanoTime());
            Measured ingot = ingot(project, delivery);
            Measured hand = plain(plain, delivery);
            requireEqual(project.resolve("lake/bronze/accounts"), plain);
            if (round >= 0) {
                ingotRuns.add(ingot);
                plainRuns.add(hand);
            }
            delete(project);
            delete(plain);
        }
        print(
                String.format(Locale.ROOT, "%.2f %% %s", share * 100, clustered ? "clustered" : "random"),
                ingotRuns,
                plainRuns);
    }

    /** Writes a delivery; even ids are known keys, odd ones are new. */
    private void deliver(Path delivery, long count, boolean clustered) throws IOException {
        Dataset<Row> numbers = spark.range(count).toDF();
        Column at = clustered ? col("id").plus(rows / 3) : functions.pmod(functions.xxhash64(col("id")), lit(rows));
        Dataset<Row> keys = numbers.select(at.multiply(2)
                        .plus(functions.when(col("id").mod(10).equalTo(0), 1).otherwise(0))
                        .as("id"))
                .distinct();
        Path written = folder.resolve("written");
        states(keys, 1, "2026-02-01 00:00:00")
                .coalesce(1)
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(written.toString());
        try (Stream<Path> files = Files.list(written)) {
            Files.move(
                    files.filter(path -> path.toString().endsWith(".parquet"))
                            .findFirst()
                            .orElseThrow(),
                    delivery);
        }
    }

    private Measured ingot(Path project, Path delivery) throws IOException {
        backdate(Files.copy(delivery, project.resolve("landing/delivery.parquet")));
        long start = System.nanoTime();
        ingot("run", project);
        return Measured.of(spark, project.resolve("lake/bronze/accounts"), System.nanoTime() - start);
    }

    private Measured plain(Path table, Path delivery) {
        long start = System.nanoTime();
        Dataset<Row> rows = spark.read()
                .parquet(delivery.toString())
                .withColumn("_source_file", lit(delivery.toString()))
                .withColumn("_ingested_at", functions.current_timestamp())
                .withColumn("_run_id", lit("by hand"));
        DeltaTable.forPath(spark, table.toString())
                .as("t")
                .merge(rows.as("s"), "t.id = s.id")
                .whenMatched("s.at > t.at")
                .updateAll()
                .whenNotMatched()
                .insertAll()
                .execute();
        return Measured.of(spark, table, System.nanoTime() - start);
    }

    private static void ingot(String command, Path project) {
        PrintStream err = System.err;
        PrintStream out = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setErr(new PrintStream(output, true, StandardCharsets.UTF_8));
        System.setOut(System.err);
        int code;
        try {
            code = Main.execute(command, "--project", project.toString());
        } finally {
            System.setErr(err);
            System.setOut(out);
        }
        if (code != 0) {
            throw new IllegalStateException(
                    "ingot ended with " + code + ":\n" + output.toString(StandardCharsets.UTF_8));
        }
    }

    /**
     * Sets an older modification time: Ingot waits before it reads a file that was just written and might be
     * incomplete.
     */
    private static void backdate(Path file) {
        if (!file.toFile().setLastModified(System.currentTimeMillis() - 60_000)) {
            throw new IllegalStateException("cannot set the time of " + file);
        }
    }

    private void requireEqual(Path ingot, Path plain) {
        List<Row> sums = Stream.of(ingot, plain)
                .map(table -> spark.read()
                        .format("delta")
                        .load(table.toString())
                        .agg(
                                functions.count(lit(1)),
                                functions.sum(functions
                                        .xxhash64(col("id"), col("at"), col("amount"), col("note"))
                                        .cast("decimal(20,0)")))
                        .head())
                .toList();
        if (!sums.get(0).equals(sums.get(1))) {
            throw new IllegalStateException("the tables differ: " + sums);
        }
    }

    private static void print(String what, List<Measured> ingotRuns, List<Measured> plainRuns) {
        double merge = median(ingotRuns, Measured::merge) / median(plainRuns, Measured::merge);
        double all = median(ingotRuns, Measured::all) / median(plainRuns, Measured::all);
        System.out.println(String.format(
                Locale.ROOT,
                "%-18s %s %s %5.3f   %s %s %5.3f   %3.0f %3.0f   %5.1f %5.1f",
                what,
                seconds(ingotRuns, Measured::merge),
                seconds(plainRuns, Measured::merge),
                merge,
                seconds(ingotRuns, Measured::all),
                seconds(plainRuns, Measured::all),
                all,
                median(ingotRuns, Measured::files),
                median(plainRuns, Measured::files),
                median(ingotRuns, Measured::bytes) / 1e6,
                median(plainRuns, Measured::bytes) / 1e6));
    }

    private static String seconds(List<Measured> runs, ToLongFunction<Measured> figure) {
        return String.format(
                Locale.ROOT,
                "%6.2f (%.2f-%.2f)",
                median(runs, figure) / 1e9,
                runs.stream().mapToLong(figure).min().orElseThrow() / 1e9,
                runs.stream().mapToLong(figure).max().orElseThrow() / 1e9);
    }

    private static double median(List<Measured> runs, ToLongFunction<Measured> figure) {
        List<Long> values =
                new ArrayList<>(runs.stream().mapToLong(figure).boxed().toList());
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    private Path copy(String name, String copy) throws IOException {
        return link(folder.resolve(name), folder.resolve(copy));
    }

    /** Copies a folder with hard links, because files of a lake are never changed after they are written. */
    private static Path link(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(path -> !path.equals(from)).toList()) {
                Path there = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectory(there);
                } else {
                    Files.createLink(there, file);
                }
            }
        }
        return to;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Collections.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
    }

    /**
     * The measurements of one MERGE.
     *
     * @param merge nanoseconds of the MERGE alone, as reported in its commit
     * @param all nanoseconds from the delivered file to the commit
     * @param files the number of rewritten files
     * @param bytes the number of written bytes
     */
    private record Measured(long merge, long all, long files, long bytes) {

        static Measured of(SparkSession spark, Path table, long all) {
            Map<Object, Object> metrics = DeltaTable.forPath(spark, table.toString())
                    .history(1)
                    .select("operationMetrics")
                    .head()
                    .getJavaMap(0);
            return new Measured(
                    number(metrics, "executionTimeMs") * 1_000_000,
                    all,
                    number(metrics, "numTargetFilesRemoved"),
                    number(metrics, "numTargetBytesAdded"));
        }

        private static long number(Map<Object, Object> metrics, String name) {
            return Long.parseLong(metrics.getOrDefault(name, "0").toString());
        }
    }
}
