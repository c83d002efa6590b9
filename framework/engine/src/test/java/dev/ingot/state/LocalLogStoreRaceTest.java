package dev.ingot.state;

import static dev.ingot.state.LogStoreContender.THREADS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.testkit.ChildJvm;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.StoredTable;
import dev.ingot.testkit.TableAssert;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Concurrent writers of one log: exactly one wins each version, and no reader sees half a commit. */
@SparkTest
@Timeout(180)
class LocalLogStoreRaceTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void threadsOfOneProcessCompete(TemporaryLake lake) throws Exception {
        Path log = Files.createDirectory(lake.path("log"));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<List<String>> won = thread.submit(() -> LogStoreContender.contend(log, "here"));
            awaitWinners(log, THREADS, List.of());
            requireOneWinnerEach(log, won.get());
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void processesCompete(TemporaryLake lake) throws Exception {
        Path log = Files.createDirectory(lake.path("log"));
        List<String> names = List.of("one", "two", "three");
        List<ChildJvm> children = new ArrayList<>();
        try {
            for (String name : names) {
                children.add(ChildJvm.start(lake.path(name + ".out"), LogStoreContender.class, log.toString(), name));
            }
            await(
                    children,
                    names.stream().map(name -> lake.path("ready-" + name)).toList());
            lake.write("go");
            // So many winning threads belong to more than two processes.
            awaitWinners(log, 2 * THREADS + 1, children);
            for (ChildJvm child : children) {
                child.requireSuccess(LIMIT);
            }
        } finally {
            children.forEach(ChildJvm::close);
        }
        List<String> won = new ArrayList<>();
        for (String name : names) {
            won.addAll(Files.readAllLines(lake.path("won-" + name)));
        }
        requireOneWinnerEach(log, won);
    }

    @LongTest
    @Test
    void deltaCommitsFromTwoProcesses(SparkSession spark, TemporaryLake lake) throws Exception {
        StoredTable table = new StoredTable(spark, lake.path("numbers"));
        Path log = table.path().resolve("_delta_log");
        spark.range(0).write().format("delta").save(table.path().toString());
        try (ChildJvm child = ChildJvm.start(
                lake.path("child.out"), DeltaAppender.class, table.path().toString(), "0")) {
            await(List.of(child), List.of(log.resolve(LogStoreContender.name(1))));
            DeltaAppender.append(spark, table.path().toString(), DeltaAppender.COMMITS);
            child.requireSuccess(LIMIT);
        }

        int commits = 2 * DeltaAppender.COMMITS;
        assertEquals(commits, table.version());
        TableAssert.assertTable(table).hasRows(spark.range(commits).toDF());
        try (Stream<Path> files = Files.list(log)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().endsWith(".json.crc")).toList(),
                    "Hadoop's checksum next to a commit: Delta did not use LocalLogStore");
        }
    }

    private static void await(List<ChildJvm> children, List<Path> files) throws InterruptedException {
        while (!files.stream().allMatch(Files::exists)) {
            requireNoFailure(children);
            Thread.sleep(1);
        }
    }

    private static void requireNoFailure(List<ChildJvm> children) throws InterruptedException {
        for (ChildJvm child : children) {
            if (!child.process().isAlive()) {
                child.requireSuccess(LIMIT);
            }
        }
    }

    /** Reads the log during the race, and stops it when enough contenders have each won a version. */
    private static void awaitWinners(Path log, int contenders, List<ChildJvm> children) throws Exception {
        Set<String> winners = new TreeSet<>();
        while (winners.size() < contenders) {
            requireNoFailure(children);
            for (Path commit : commits(log)) {
                List<String> lines = Files.readAllLines(commit);
                assertEquals(LogStoreContender.LINES, lines.size(), () -> "incomplete commit " + commit);
                winners.add(lines.get(0).split(" ", -1)[1]);
            }
        }
        Files.createFile(log.resolveSibling("stop"));
    }

    /** Compares the log with the first lines of the versions that the contenders report as won. */
    private static void requireOneWinnerEach(Path log, List<String> won) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path commit : commits(log)) {
            List<String> lines = Files.readAllLines(commit);
            String[] parts = lines.get(0).split(" ", -1);
            assertEquals(LogStoreContender.content(parts[1], Integer.parseInt(parts[0])), lines);
            found.add(lines.get(0));
        }
        assertEquals(
                found.stream().sorted().toList(),
                won.stream().sorted().toList(),
                "versions in the log, and those reported as won");
        assertEquals(found.size(), log.toFile().list().length, "temporary files remain next to the commits");
    }

    private static List<Path> commits(Path log) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }
}
