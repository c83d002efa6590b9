package dev.ingot.run.batch;

import static dev.ingot.run.TestProject.outcome;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.input.AsOf;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.run.TestProject;
import dev.ingot.run.history.Outcome;
import dev.ingot.run.history.RunReport;
import dev.ingot.run.inspect.TableDiff;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The past of a table: as a source, as a version, and compared with what came after. */
@SparkTest
class TimeTravelTest {

    private TestProject project;

    @BeforeEach
    void twoVersions(SparkSession session, TemporaryLake folder) {
        project = new TestProject(session, folder).pipeline("cities", """
                        name: cities
                        source:
                          files: {path: landing, format: csv, schema: "id INT, city STRING", snapshots: one_per_file}
                        target: {layer: bronze, mode: merge, keys: [id], absent: delete}
                        """).pipeline("before", """
                        name: before
                        source: {table: bronze.cities, as_of: {run: run1}}
                        target: {layer: silver, mode: append}
                        """);
        project.data("landing/1.csv", "id,city", "1,Oslo", "2,Rome");
        project.run();
        project.data("landing/2.csv", "id,city", "2,Roma", "3,Bern");
    }

    private long version(AsOf moment) {
        return new TimeTravel(project.context())
                .version(new TableId("bronze", "cities"), moment, SourceSpan.of("here"));
    }

    private String none(AsOf moment) {
        return assertThrows(IngotException.class, () -> version(moment)).getMessage();
    }

    @Test
    void aTableIsReadAsItWasAndItsPastIsReadOnce() throws InterruptedException {
        Instant between = Instant.now().plusMillis(10);
        Thread.sleep(1100);
        RunReport second = project.run();

        assertInstanceOf(Outcome.NothingNew.class, outcome(second, "silver.before"));
        assertTable(project.table("silver.before").rows().select("id", "city"))
                .hasRows("id INT, city STRING", row(1, "Oslo"), row(2, "Rome"));
        assertEquals(1, version(AsOf.run("run1")));
        assertEquals(2, version(AsOf.run("run2")));
        assertEquals(1, version(AsOf.time(between.toString())));
        assertEquals(2, version(AsOf.time("2999-01-01")));
        assertEquals(0, version(AsOf.version(0)));
        assertTrue(none(AsOf.version(3)).contains("its newest version is 2, but version 3 is requested"));
        assertTrue(none(AsOf.time("1999-01-01T00:00:00Z")).contains("its history begins at"));
        assertTrue(none(AsOf.run("nightly")).contains("run nightly neither wrote nor read it"));
    }

    @Test
    void aDifferenceNamesWhatWasAddedRemovedAndChanged() {
        project.run();
        TableDiff byKey = TableDiff.of(
                project.table("bronze.cities").rowsAt(1),
                project.table("bronze.cities").rowsAt(2),
                List.of("id"));

        assertEquals(Map.of("added", 1L, "removed", 1L, "changed", 1L), byKey.counts());
        assertEquals(
                List.of("removed 1 Oslo {}", "changed 2 Roma {city=Rome}", "added 3 Bern {}"),
                byKey.lines(10).stream()
                        .map(line -> line.kind() + " " + line.row().getAs("id") + " "
                                + line.row().getAs("city") + " " + line.before())
                        .toList());
        assertEquals(1, byKey.lines(1).size());
        TableDiff byRow = TableDiff.of(
                project.table("bronze.cities").rowsAt(1),
                project.table("bronze.cities").rowsAt(2),
                List.of());
        assertEquals(Map.of("added", 2L, "removed", 2L, "changed", 0L), byRow.counts());
    }
}
