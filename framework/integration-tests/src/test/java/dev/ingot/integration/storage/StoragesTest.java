package dev.ingot.integration.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.testkit.ChildJvm;
import dev.ingot.testkit.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the example project on object stores: the first run is killed with SIGKILL half-way and repeated, then the
 * second delivery arrives. Tables and row counts equal those of the same project on local disk without a kill. The keys
 * of the stores are secrets, so no setting holds one.
 *
 * <p>Covered: on S3 Hadoop's S3A driver ({@code hadoop-aws}) with {@code s3a://}, for the lake and the landing folder;
 * on Azure, for the lake only, with the landing folder on local disk, the driver for blobs ({@code hadoop-azure}) with
 * {@code wasb://}, and under the Maven profile {@code hadoop-3.4} the ABFS driver over the Blob endpoint with
 * {@code abfs://}, for accounts without hierarchical namespace. Not covered: hierarchical namespaces, the DFS endpoint
 * and OAuth, because the server supports none of them.
 */
@LongTest
class StoragesTest {

    private static final Duration LIMIT = Duration.ofMinutes(8);
    private static final Pattern HALF_WAY = Pattern.compile("written +silver\\.");

    @TempDir
    private static Path folder;

    private static S3Server s3;
    private static AzureServer azure;
    private static ExampleOnStorage example;

    @BeforeAll
    static void runAll() throws Exception {
        s3 = S3Server.start(folder).bucket("lake").bucket("landing");
        azure = AzureServer.start(folder);
        example = ExampleOnStorage.copyTo(
                        folder.resolve("example"),
                        List.of(s3.settings("lake"), s3.settings("landing"), azure.settings()))
                .environment("local", lake("local"), "pipelines/earthquakes/landing")
                .environment("s3", lake("s3"), "s3a://landing/earthquakes")
                .environment("azure", lake("azure"), "pipelines/earthquakes/landing");
        ExampleOnStorage.deliver(example.first(), "s3a://landing/earthquakes", example.hadoop());
        try (ChildJvm onS3 = start("killed-s3", List.of(run("s3", "killed")));
                ChildJvm onAzure = start("killed-azure", List.of(run("azure", "killed")))) {
            awaitHalfWay(onS3);
            onS3.close();
            awaitHalfWay(onAzure);
        }
        try (ChildJvm rest = start(
                "rest",
                List.of(
                        run("local", "first"),
                        run("s3", "first"),
                        run("azure", "first"),
                        List.of("deliver", example.second().toString(), "s3a://landing/earthquakes"),
                        List.of(
                                "deliver",
                                example.second().toString(),
                                example.first().toUri().toString()),
                        run("local", "second"),
                        run("s3", "second"),
                        run("azure", "second"),
                        dump("local"),
                        dump("s3"),
                        dump("azure")))) {
            rest.requireSuccess(LIMIT);
        }
    }

    @AfterAll
    static void stop() {
        if (s3 != null) {
            s3.close();
        }
        if (azure != null) {
            azure.close();
        }
    }

    private static String lake(String environment) {
        return switch (environment) {
            case "s3" -> "s3a://lake/earthquakes";
            case "azure" -> azure.container("lake") + "/earthquakes";
            default -> folder.resolve("lake").toString();
        };
    }

    private static List<String> run(String environment, String report) {
        return List.of(
                "run",
                example.folder().toString(),
                environment,
                report(environment, report).toString());
    }

    private static List<String> dump(String environment) {
        return List.of("dump", lake(environment), tables(environment).toString());
    }

    private static Path report(String environment, String name) {
        return folder.resolve("report-" + environment + "-" + name + ".json");
    }

    private static Path tables(String environment) {
        return folder.resolve("tables-" + environment);
    }

    private static ChildJvm start(String name, List<List<String>> steps) {
        List<String> arguments = new ArrayList<>(List.of(azure.hosts().toString()));
        steps.forEach(arguments::addAll);
        return ChildJvm.start(folder.resolve(name + ".txt"), StorageRuns.class, arguments.toArray(String[]::new));
    }

    private static void awaitHalfWay(ChildJvm run) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!HALF_WAY.matcher(Files.readString(run.output())).find()) {
            assertTrue(run.process().isAlive() && System.nanoTime() < end, () -> "not half-way: " + run.output());
            Thread.sleep(20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3", "azure"})
    void tablesEqualThoseOnLocalDisk(String environment) throws IOException {
        Map<String, String> expected = content(tables("local"));

        assertEquals(13, expected.size());
        assertEquals(expected, content(tables(environment)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3", "azure"})
    void rowCountsOfTheSecondDeliveryEqualThoseOnLocalDisk(String environment) throws IOException {
        Map<String, JsonNode> expected = counts(report("local", "second"));

        assertEquals(11, expected.size());
        assertEquals(expected, counts(report(environment, "second")));
    }

    /** Checks that the kill happened half-way: before the first table or after the last it would prove nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"s3", "azure"})
    void runAfterAKillProcessesTheRemainingTables(String environment) throws IOException {
        Map<String, JsonNode> whole = counts(report("local", "first"));
        Map<String, JsonNode> rest = counts(report(environment, "first"));
        List<String> repeated = rest.keySet().stream()
                .filter(table -> rest.get(table).equals(whole.get(table)))
                .toList();

        assertTrue(!repeated.isEmpty() && repeated.size() < whole.size(), () -> "written after the kill: " + repeated);
        assertTrue(repeated.contains("gold.activity_by_network"), repeated::toString);
    }

    /** Returns a report's line for each table, without the duration. */
    private static Map<String, JsonNode> counts(Path report) throws IOException {
        Map<String, JsonNode> counts = new TreeMap<>();
        for (String line : Files.readAllLines(report)) {
            JsonNode table = new ObjectMapper().readTree(line);
            counts.put(table.get("table").asText(), ((ObjectNode) table).without("seconds"));
        }
        return counts;
    }

    private static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                content.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return content;
    }
}
