package dev.ingot.run.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.input.PinnedTable;
import dev.ingot.config.RunValues;
import dev.ingot.delta.DeltaTables;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.run.ProjectStages;
import dev.ingot.run.TestProject;
import dev.ingot.run.history.Outcome;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.Lake;
import dev.ingot.state.LakeFiles;
import dev.ingot.state.Lease;
import dev.ingot.state.RunManifest;
import dev.ingot.state.StateStore;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files are laid together and removed, and nothing that somebody needs is lost. */
@SparkTest
class MaintenanceTest {

    private static final Pattern TIME =
            Pattern.compile("(\"(?:deletionTimestamp|modificationTime|timestamp)\":)(\\d{13})");
    private static final Pattern ADDED = Pattern.compile("\\{\"add\":\\{\"path\":\"([^\"]+)\"");

    @RegisterExtension
    static final ProjectStages STAGES = new ProjectStages();

    private SparkSession spark;
    private TemporaryLake folder;
    private TemporaryLake later;
    private TestProject project;

    @BeforeEach
    void copy() {
        later = TemporaryLake.create();
    }

    @AfterEach
    void close() {
        later.close();
    }

    @BeforeEach
    void changingTable(SparkSession session, TemporaryLake lake) {
        spark = session;
        folder = lake;
        project = new TestProject(session, folder).pipeline("numbers", """
                        name: numbers
                        source:
                          files: {path: landing, format: csv, schema: "id INT, n INT"}
                        quality:
                          - expression: n < 100
                        target: {layer: bronze, mode: merge, keys: [id], sequence_by: [n], retention: 0 days}
                        """).pipeline("copy", """
                        name: copy
                        source: {table: bronze.numbers}
                        target: {layer: silver, mode: append}
                        """);
        project.data("landing/1.csv", "id,n", "1,1", "2,1", "9,900");
        STAGES.reach("first run", project, project::run);
    }

    private void change(int n) {
        project.data("landing/" + n + ".csv", "id,n", "1," + n, "2," + n, n + "0," + n);
        project.run("bronze.numbers");
    }

    private List<Maintenance.Line> maintain() {
        LogicalPlan plan = project.plan(new RunValues("care", LocalDate.parse("2026-01-02"), Instant.now()));
        Set<TableId> all = plan.pipelines().stream().map(each -> each.id()).collect(Collectors.toSet());
        return new Maintenance(project.context(), plan, warning -> {}).of(all);
    }

    /**
     * Goes on with a copy of the project whose tables were written long ago: the newest version two hours, each one
     * before it two hours earlier.
     */
    private void age(TemporaryLake later) throws IOException {
        try (Stream<Path> files = Files.walk(folder.root())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".crc")) {
                    Path copy = later.path(folder.root().relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                    Files.setLastModifiedTime(copy, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
                }
            }
        }
        try (Stream<Path> logs = Files.walk(later.root())) {
            for (Path log : logs.filter(path -> path.endsWith("_delta_log")).toList()) {
                ageTable(log);
            }
        }
        project = project.at(later);
    }

    private static void ageTable(Path log) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            List<Path> commits = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (int i = 0; i < commits.size(); i++) {
                long older = Duration.ofHours(2L * (i + 1)).toMillis();
                String commit = Files.readString(commits.get(i));
                String aged = TIME.matcher(commit)
                        .replaceAll(time -> time.group(1) + (Long.parseLong(time.group(2)) - older));
                Files.writeString(commits.get(i), aged);
                FileTime then = FileTime.fromMillis(System.currentTimeMillis() - older);
                Files.setLastModifiedTime(commits.get(i), then);
                Matcher added = ADDED.matcher(commit);
                while (added.find()) {
                    Files.setLastModifiedTime(log.resolveSibling(added.group(1)), then);
                }
            }
        }
    }

    private static Maintenance.Line line(List<Maintenance.Line> lines, String table) {
        return lines.stream()
                .filter(line -> line.table().toString().equals(table))
                .findFirst()
                .orElseThrow();
    }

    private long rowsAt(long version) {
        return DeltaTables.at(spark, project.lake().resolve("bronze/numbers").toString(), version)
                .collectAsList()
                .size();
    }

    @Test
    void filesThatNobodyNeedsGo() throws Exception {
        project.pipeline("whole", """
                name: whole
                source: {table: bronze.numbers}
                target: {layer: silver, mode: overwrite}
                """);
        change(2);
        change(3);
        project.run();
        age(later);
        Path left = project.lake().resolve("_ingot/stage/bronze.numbers/7-left-behind/rows");
        Files.createDirectories(left);
        List<Maintenance.Line> lines = maintain();
        Maintenance.Line numbers = line(lines, "bronze.numbers");

        assertEquals("maintained", numbers.outcome());
        assertTrue(numbers.compacted() >= 2 && numbers.into() == 1, numbers.toString());
        assertTrue(numbers.removed() > 0, numbers.toString());
        assertEquals("", numbers.because());
        assertEquals("maintained", line(lines, "bronze.numbers_quarantine").outcome());
        assertEquals(4, project.table("bronze.numbers").rows().count());
        assertThrows(Exception.class, () -> rowsAt(2));
        assertFalse(Files.exists(left));
        // The next runs go on as if nothing had been; what was laid together is no news.
        assertInstanceOf(Outcome.NothingNew.class, TestProject.outcome(project.run("silver.whole"), "silver.whole"));
        change(4);
        project.run();
        assertEquals(9, project.table("silver.copy").rows().count());
    }

    @Test
    void whatALaggingReaderNeedsStays() throws Exception {
        change(2);
        change(3);
        age(later);
        Maintenance.Line numbers = line(maintain(), "bronze.numbers");

        assertEquals("silver.copy has read its changes up to it", numbers.because());
        assertEquals(2, rowsAt(1));
        assertEquals(3, rowsAt(2));
        project.run();
        assertEquals(6, project.table("silver.copy").rows().count());
    }

    @Test
    void aMomentThatASourceNamesStays() throws Exception {
        project.pipeline("old", """
                name: old
                source: {table: bronze.numbers, as_of: {version: 1}}
                target: {layer: silver, mode: overwrite}
                """);
        change(2);
        project.run();
        age(later);
        Maintenance.Line numbers = line(maintain(), "bronze.numbers");

        assertEquals("silver.old reads it with 'as_of'", numbers.because());
        assertEquals(2, rowsAt(1));
    }

    @Test
    void whatARunReadsThatHasBegunStays() throws Exception {
        change(2);
        project.run();
        change(3);
        age(later);
        Lake lake = new Lake(project.lake().toString());
        LakeFiles files = new LakeFiles(new Configuration());
        String location = lake.table(new TableId("bronze", "numbers"));
        RunManifest.of(
                        new RunValues("day", LocalDate.parse("2026-01-02"), Instant.now()),
                        "",
                        Map.of(
                                new TableId("bronze", "numbers"),
                                new PinnedTable(location, DeltaTables.id(spark, location), 1)))
                .write(files, lake);
        Maintenance.Line numbers = line(maintain(), "bronze.numbers");

        assertEquals("run day reads it now", numbers.because());
        assertEquals(2, rowsAt(1));
    }

    @Test
    void aTableWhoseRunWasCutShortWaits() {
        Lake lake = new Lake(project.lake().toString());
        LakeFiles files = new LakeFiles(new Configuration());
        StateStore store = new StateStore(files, lake, new TableId("bronze", "numbers"));
        BatchRecord first = store.load().settled().get(0).batch();
        store.open(first.reading(2, first.inputs()));
        Maintenance.Line numbers = line(maintain(), "bronze.numbers");

        assertEquals("busy", numbers.outcome());
        assertTrue(
                numbers.problem().orElseThrow().summary().contains("a run of it did not finish"), numbers.toString());
    }

    @Test
    void aTableThatARunHoldsIsLeftAlone() {
        Lake lake = new Lake(project.lake().toString());
        LakeFiles files = new LakeFiles(new Configuration());
        Lease lease = Lease.acquire(files, lake, new TableId("bronze", "numbers"), "night");
        try {
            Maintenance.Line numbers = line(maintain(), "bronze.numbers");
            assertEquals("busy", numbers.outcome());
            assertTrue(
                    numbers.problem().orElseThrow().summary().contains("run night is working on it"),
                    numbers.toString());
        } finally {
            lease.close();
        }
    }
}
