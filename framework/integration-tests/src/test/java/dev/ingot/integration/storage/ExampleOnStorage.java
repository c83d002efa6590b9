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
 * A copy of this repository's example project, with an environment for each storage of its lake and deliveries. All
 * environments have the same settings, so that one Spark session can run them one after the other.
 *
 * @param settings Spark settings, by name
 */
record ExampleOnStorage(Path folder, Map<String, String> settings) {

    private static final Path REPOSITORY =
            Path.of("").toAbsolutePath().getParent().getParent();

    /** Settings that make small runs on two cores fast; none of them changes a result. */
    private static final Map<String, String> FAST_SETTINGS = Map.of(
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
        Map<String, String> settings = new TreeMap<>(FAST_SETTINGS);
        storages.forEach(settings::putAll);
        for (String part : List.of("conf", "pipelines")) {
            copy(REPOSITORY.resolve(part), folder.resolve(part));
        }
        return new ExampleOnStorage(folder, settings);
    }

    /** Adds an environment. Its file has keys as secret references, which every JVM resolves where it needs them. */
    ExampleOnStorage environment(String name, String lake, String landing) throws IOException {
        StringBuilder spark = new StringBuilder();
        for (Map.Entry<String, String> setting : new TreeMap<>(settings).entrySet()) {
            String value = KEY.matcher(setting.getKey()).find()
                    ? "${secret:store/" + secretFile(setting.getKey(), setting.getValue()) + "}"
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

    /** Writes a value into a file that only its owner can read, and returns the file's name. */
    private String secretFile(String setting, String value) throws IOException {
        String name = setting.replaceAll("[^A-Za-z0-9.-]", "-");
        Path file = folder.resolve("secrets").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, value);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return name;
    }

    /** Returns the folder of the first delivery. */
    Path first() {
        return folder.resolve("pipelines/earthquakes/landing");
    }

    /** Returns the folder of the second delivery. */
    Path second() {
        return folder.resolve("pipelines/earthquakes/deliveries/second");
    }

    /** Returns the settings as a Hadoop configuration. */
    Configuration hadoop() {
        Configuration hadoop = new Configuration();
        settings.forEach((name, value) -> {
            if (name.startsWith("spark.hadoop.")) {
                hadoop.set(name.substring("spark.hadoop.".length()), value);
            }
        });
        return hadoop;
    }

    /** Copies the files of a local folder to any storage. */
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
