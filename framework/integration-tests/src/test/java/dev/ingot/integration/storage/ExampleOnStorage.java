package dev.ingot.integration.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * A copy of this repository's example project, with an environment for each place where its lake and its deliveries can
 * lie. All environments have the same settings, so that one Spark can run them one after the other.
 *
 * @param settings of Spark, by name
 */
record ExampleOnStorage(Path folder, Map<String, String> settings) {

    private static final Path REPOSITORY =
            Path.of("").toAbsolutePath().getParent().getParent();

    /** What makes small runs on two cores quick; nothing of it changes a result. */
    private static final Map<String, String> QUICK = Map.of(
            "spark.master", "local[2]",
            "spark.sql.shuffle.partitions", "2",
            "spark.databricks.delta.snapshotPartitions", "1",
            "spark.sql.sources.parallelPartitionDiscovery.parallelism", "1",
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.codegen.factoryMode", "NO_CODEGEN",
            "spark.hadoop.fs.s3a.directory.marker.retention", "keep");

    private static final Pattern KEY = Pattern.compile("[.](access|secret|account)[.]key([.]|$)");

    ExampleOnStorage {
        requireNonNull(folder, "folder");
        settings = Map.copyOf(settings);
    }

    static ExampleOnStorage copyTo(Path folder, List<Map<String, String>> storages) throws IOException {
        Map<String, String> settings = new TreeMap<>(QUICK);
        storages.forEach(settings::putAll);
        for (String part : List.of("conf", "pipelines")) {
            copy(REPOSITORY.resolve(part), folder.resolve(part));
        }
        return new ExampleOnStorage(folder, settings);
    }

    /** Adds an environment. Keys stand in it as names of secrets, which every JVM looks up where it needs them. */
    ExampleOnStorage environment(String name, String lake, String landing) throws IOException {
        StringBuilder spark = new StringBuilder();
        for (Map.Entry<String, String> setting : new TreeMap<>(settings).entrySet()) {
            String value = KEY.matcher(setting.getKey()).find()
                    ? "${secret:store/" + kept(setting.getKey(), setting.getValue()) + "}"
                    : setting.getValue();
            spark.append("  ")
                    .append(setting.getKey())
                    .append(": '")
                    .append(value)
                    .append("'\n");
        }
        Files.writeString(
                folder.resolve("conf/env/" + name + ".yml"),
                "lake: " + lake + "\nvariables:\n  landing: " + landing + "\nsecrets:\n  store: {provider: file, path: "
                        + folder.resolve("secrets") + "}\nspark:\n" + spark);
        return this;
    }

    /** Puts a value into a file that nobody else may read; the file's name. */
    private String kept(String setting, String value) throws IOException {
        String name = setting.replaceAll("[^A-Za-z0-9.-]", "-");
        Path file = folder.resolve("secrets").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, value);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return name;
    }

    /** What was delivered first. */
    Path first() {
        return folder.resolve("pipelines/earthquakes/landing");
    }

    /** What is delivered later. */
    Path second() {
        return folder.resolve("pipelines/earthquakes/deliveries/second");
    }

    /** The settings as Hadoop's own programs take them. */
    Configuration hadoop() {
        Configuration hadoop = new Configuration();
        settings.forEach((name, value) -> {
            if (name.startsWith("spark.hadoop.")) {
                hadoop.set(name.substring("spark.hadoop.".length()), value);
            }
        });
        return hadoop;
    }

    /** Copies a local folder's files to any storage. */
    static void deliver(Path from, String to, Configuration hadoop) throws IOException {
        org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(to);
        FileSystem store = target.getFileSystem(hadoop);
        for (Path file : files(from)) {
            store.copyFromLocalFile(
                    new org.apache.hadoop.fs.Path(file.toUri()),
                    new org.apache.hadoop.fs.Path(target, from.relativize(file).toString()));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
