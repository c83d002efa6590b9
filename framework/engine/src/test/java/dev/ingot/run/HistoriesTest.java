package dev.ingot.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.rows.LatestRow;
import dev.ingot.run.Histories.Event;
import dev.ingot.run.history.Outcome;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Compares the modes that hold state with a model in plain Java: random events in any order of arrival, split into any
 * batches; after each batch the table holds what the model holds. Tries 25 histories of each mode, 200 with {@code -Pfull},
 * more with {@code -Dingot.test.histories=2000}; {@code -Dingot.test.seed=...} repeats a failure.
 */
@SparkTest
class HistoriesTest {

    private static final int COUNT = Integer.getInteger("ingot.test.histories", 25);
    private static final long SEED = Long.getLong("ingot.test.seed", System.nanoTime());
    private static final int SHOWN = 5;

    private static final String EVENTS = """
            name: %s
            source:
              files: {path: %s, format: csv, schema: "h INT, k INT, seq INT, op STRING, a INT, b STRING, part STRING"}%s
            target:
              layer: bronze
              keys: [h, k]
              columns:
                - {name: h, type: int}
                - {name: k, type: int}
                - {name: seq, type: int}
                - {name: a, type: int}
                - {name: b, type: string}
                - {name: part, type: string}
            """;

    private static final String DROP = "\ntransformations:\n  - drop: [op]";

    private static final String ROW = "concat_ws(',', concat_ws('/', h, k), coalesce(seq, 'null'), coalesce(a, 'null'),"
            + " coalesce(b, 'null'), part)";

    private static final String STATE = "concat_ws(',', concat_ws('/', h, k), coalesce(a, 'null'), coalesce(b, 'null'),"
            + " part, %s, coalesce(%s, 'null'), is_current)";

    private SparkSession spark;
    private TestProject project;

    @BeforeEach
    void begin(SparkSession session, TemporaryLake folder) {
        spark = session;
        project = new TestProject(session, folder);
        System.err.println("HistoriesTest: " + COUNT + " histories of each mode, seed " + SEED
                + " (repeat with -Dingot.test.seed=" + SEED + ")");
    }

    @Test
    void anyArrivalOfEventsGivesTheTableThatTheModelGives() {
        project.pipeline("newest", events("newest", "events") + """
                          mode: merge
                          sequence_by: [seq]
                          delete_when: op = 'D'
                          partition_by: [part]
                        """.indent(-24).indent(2))
                .pipeline("states", events("states", "events") + """
                          mode: scd2
                          sequence_by: [seq]
                          delete_when: op = 'D'
                        """.indent(-24).indent(2))
                .pipeline(
                        "tracked", events("tracked", "events") + """
                          mode: scd2
                          sequence_by: [seq]
                          delete_when: op = 'D'
                          track: [a]
                        """.indent(-24).indent(2))
                .pipeline("followed", """
                        name: followed
                        source: {table: bronze.newest}
                        target: {layer: silver, mode: merge, keys: [h, k], sequence_by: [seq]}
                        """);
        Histories histories = Histories.ofEvents(COUNT, SEED);
        ReferenceModel rows = new ReferenceModel(ranks(histories.all(), "h", "k", "seq", "a", "b", "part")::get);
        ReferenceModel states = new ReferenceModel(ranks(histories.all(), "h", "k", "a", "b", "part")::get);
        Function<Event, Long> tracked = ranks(histories.all(), "a")::get;
        List<Event> all = new ArrayList<>();
        List<List<Event>> batches = new ArrayList<>();
        for (int batch = 0; batch < Histories.BATCHES; batch++) {
            all.addAll(histories.batch(batch));
            batches.add(histories.batch(batch));
            deliver("events/" + batch + ".csv", histories.batch(batch));
            run();

            compare(batch, "bronze.newest", rows.newest(all), ROW);
            compare(batch, "silver.followed", rows.newest(all), ROW);
            Function<Event, ?> whole =
                    event -> List.of(Objects.toString(event.a()), Objects.toString(event.b()), event.part());
            String state = STATE.formatted("valid_from", "valid_to");
            compare(batch, "bronze.states", states.states(all, whole, event -> 0L), state);
            compare(batch, "bronze.tracked", states.states(all, Event::a, tracked), state);
        }
        assertNotEquals(
                rows.newest(all),
                rows.newestWithoutMemory(batches),
                "a merge that forgets deletions would not be noticed by these histories");
    }

    @Test
    void valuesThatAreMissingLeaveWhatTheModelLeaves() {
        project.pipeline(
                "patched", events("patched", "events") + """
                          mode: merge
                          sequence_by: [seq]
                          delete_when: op = 'D'
                          null_means: unchanged
                        """.indent(-24).indent(2));
        List<List<Event>> batches = Histories.ofEvents(COUNT, SEED).withoutTies();
        for (int batch = 0; batch < Histories.BATCHES; batch++) {
            deliver("events/" + batch + ".csv", batches.get(batch));
            run();

            compare(batch, "bronze.patched", ReferenceModel.patched(batches.subList(0, batch + 1)), ROW);
        }
    }

    @LongTest
    @Test
    void whenTheEngineForgetsTheComparisonFails() throws IOException {
        project.pipeline("newest", events("newest", "events") + """
                          mode: merge
                          sequence_by: [seq]
                          delete_when: op = 'D'
                        """.indent(-24).indent(2));
        Histories histories = Histories.ofEvents(COUNT, SEED);
        ReferenceModel rows = new ReferenceModel(ranks(histories.all(), "h", "k", "seq", "a", "b", "part")::get);
        for (int batch = 0; batch < Histories.BATCHES; batch++) {
            deliver("events/" + batch + ".csv", histories.batch(batch));
            run();
            Path memory = project.lake().resolve("_ingot/events/bronze.newest");
            assertTrue(Files.isDirectory(memory));
            try (Stream<Path> remembered = Files.walk(memory)) {
                for (Path file : remembered.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }

        int last = Histories.BATCHES - 1;
        assertThrows(AssertionError.class, () -> compare(last, "bronze.newest", rows.newest(histories.all()), ROW));
    }

    @Test
    void snapshotsGiveTheTableThatTheModelGives() throws IOException {
        String reading = "\n  read: all";
        project.pipeline(
                        "current",
                        events("current", "snapshots", reading, DROP)
                                + """
                          mode: merge
                          absent: delete
                        """.indent(-24).indent(2))
                .pipeline(
                        "history",
                        events("history", "snapshots", reading, DROP)
                                + """
                          mode: scd2
                          absent: delete
                          track: [a, b, part]
                        """.indent(-24).indent(2))
                .pipeline(
                        "filed",
                        events("filed", "filed", DROP).replace("csv,", "csv, snapshots: one_per_file,")
                                + """
                          mode: merge
                          absent: delete
                        """.indent(-24).indent(2));
        Histories histories = Histories.ofSnapshots(COUNT, SEED);
        List<List<Event>> taken = new ArrayList<>();
        for (int batch = 0; batch < Histories.BATCHES; batch++) {
            taken.add(histories.batch(batch));
            deliver("snapshots/" + batch + ".csv", histories.batch(batch));
            deliver("filed/" + batch + "b.csv", histories.batch(batch));
            deliver("filed/" + batch + "a.csv", histories.batch(Histories.BATCHES - 1 - batch));
            if (batch > 0) {
                Files.delete(project.lake().resolveSibling("snapshots/" + (batch - 1) + ".csv"));
            }
            run();

            compare(batch, "bronze.current", ReferenceModel.snapshot(histories.batch(batch)), ROW);
            compare(batch, "bronze.filed", ReferenceModel.snapshot(histories.batch(batch)), ROW);
            String minute = "CAST((unix_timestamp(%s) - unix_timestamp(timestamp'2026-01-02T03:04:05Z')) / 60 AS INT)";
            compare(
                    batch,
                    "bronze.history",
                    ReferenceModel.statesOf(taken),
                    STATE.formatted(minute.formatted("valid_from"), minute.formatted("valid_to")));
        }
    }

    private static String events(String name, String folder, String... more) {
        return EVENTS.formatted(name, folder, String.join("", more));
    }

    private void run() {
        project.run()
                .pipelines()
                .forEach(pipeline -> assertInstanceOf(Outcome.Written.class, pipeline.outcome(), pipeline.toString()));
    }

    private void deliver(String file, List<Event> events) {
        Stream<String> lines =
                Stream.concat(Stream.of("h,k,seq,op,a,b,part"), events.stream().map(Event::csv));
        project.data(file, lines.toArray(String[]::new));
    }

    /** How the engine ranks contents that happened at one moment. */
    private Map<Event, Long> ranks(List<Event> events, String... columns) {
        StructType schema = StructType.fromDDL("h INT, k INT, seq INT, a INT, b STRING, part STRING");
        List<Event> distinct = events.stream().distinct().toList();
        List<Row> rows = distinct.stream()
                .map(event -> RowFactory.create(
                        event.history(), event.key(), event.seq(), event.a(), event.b(), event.part()))
                .toList();
        Dataset<Row> content = spark.createDataFrame(rows, schema)
                .select(Arrays.stream(columns).map(functions::col).toArray(org.apache.spark.sql.Column[]::new));
        List<Row> hashes = content.select(LatestRow.contentHash(content)).collectAsList();
        Map<Event, Long> ranks = new HashMap<>();
        for (int i = 0; i < distinct.size(); i++) {
            ranks.put(distinct.get(i), hashes.get(i).getLong(0));
        }
        return ranks;
    }

    private void compare(int batch, String table, Collection<String> expected, String row) {
        List<String> rows = project.table(table).rows().selectExpr(row).collectAsList().stream()
                .map(each -> each.getString(0))
                .toList();
        TreeSet<String> missing = new TreeSet<>(expected);
        rows.forEach(missing::remove);
        TreeSet<String> surplus = new TreeSet<>(rows);
        surplus.removeAll(expected);
        String differences = missing.size() + " rows missing "
                + missing.stream().limit(SHOWN).toList() + ", " + surplus.size() + " too many "
                + surplus.stream().limit(SHOWN).toList();
        assertEquals(
                "0 rows missing [], 0 too many []",
                differences,
                table + " after batch " + (batch + 1) + ", seed " + SEED);
        assertEquals(expected.size(), rows.size(), table + " has rows twice, seed " + SEED);
    }
}
