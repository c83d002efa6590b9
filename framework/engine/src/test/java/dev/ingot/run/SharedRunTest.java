package dev.ingot.run;

import static dev.ingot.run.TestProject.outcome;
import static dev.ingot.run.TestProject.written;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.diagnostics.IngotException;
import dev.ingot.names.TableId;
import dev.ingot.run.history.Outcome;
import dev.ingot.run.recovery.Reproduction;
import dev.ingot.run.recovery.Rollback;
import dev.ingot.state.Lake;
import dev.ingot.state.LakeFiles;
import dev.ingot.state.RefreshMode;
import dev.ingot.state.RunManifest;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run whose tables are made by several processes, as platforms do that start a task for each. */
@SparkTest
class SharedRunTest {

    /** As a scheduler names it. */
    private static final String SHARED = "daily_scheduled__2026-01-05T06:00:00_00:00";

    private static final LocalDate MONDAY = LocalDate.parse("2026-01-05");
    private static final LocalDate TUESDAY = LocalDate.parse("2026-01-06");

    @RegisterExtension
    static final ProjectStages STAGES = new ProjectStages();

    private TestProject project;
    private Lake lake;

    @BeforeEach
    void orders(SparkSession session, TemporaryLake folder) {
        project = new TestProject(session, folder)
                .pipeline("raw", """
                        name: raw
                        source:
                          files: {path: landing/orders, format: csv, schema: "id INT, code STRING"}
                        target: {layer: bronze, mode: append}
                        """)
                .pipeline("rates", """
                        name: rates
                        source:
                          files: {path: landing/rates, format: csv, schema: "code STRING, rate INT"}
                        target: {layer: bronze, mode: merge, keys: [code]}
                        """)
                .pipeline("orders", """
                        name: orders
                        sources:
                          raw:
                            table: bronze.raw
                          rates:
                            table: bronze.rates
                        input: raw
                        transformations:
                          - join:
                              with: rates
                              condition: input.code = rates.code
                              columns: [rate]
                          - derive: {day: ":run_date"}
                          - select: [id, rate, day]
                        target: {layer: silver, mode: append}
                        """);
        project.data("landing/orders/a.csv", "id,code", "1,EUR");
        project.data("landing/rates/a.csv", "code,rate", "EUR,10");
        STAGES.reach("first run", project, project::run);
        lake = new Lake(project.lake().toString());
    }

    @Test
    void aTaskSeesWhatTheRunSawAndWhatItsEarlierTasksMade() {
        project.data("landing/orders/b.csv", "id,code", "2,EUR");
        written(project.task(SHARED, MONDAY, "bronze.raw"), "bronze.raw");
        project.data("landing/rates/b.csv", "code,rate", "EUR,99");
        written(project.run("bronze.rates"), "bronze.rates");
        project.data("landing/orders/c.csv", "id,code", "3,EUR");
        written(project.run("bronze.raw"), "bronze.raw");

        written(project.task(SHARED, TUESDAY, "silver.orders"), "silver.orders");

        assertTable(project.table("silver.orders").rows().where("id > 1").select("id", "rate", "day"))
                .hasRows("id INT, rate INT, day DATE", row(2, 10, Date.valueOf(MONDAY)));
        assertTable(project.table("bronze.raw").rows().select("id")).hasRows("id INT", row(1), row(2), row(3));
    }

    @Test
    void aTableThatDidNotExistWhenTheRunBeganIsSeenAsItsTaskMadeIt() {
        project.pipeline("fresh", """
                name: fresh
                source:
                  files: {path: landing/orders, format: csv, schema: "id INT, code STRING"}
                target: {layer: bronze, mode: append}
                """).pipeline("reader", """
                name: reader
                source:
                  table: bronze.fresh
                transformations:
                  - select: [id]
                target: {layer: silver, mode: append}
                """);
        written(project.task(SHARED, MONDAY, "bronze.fresh"), "bronze.fresh");
        assertInstanceOf(
                Outcome.NothingNew.class, outcome(project.task(SHARED, MONDAY, "bronze.fresh"), "bronze.fresh"));
        written(project.task(SHARED, MONDAY, "silver.reader"), "silver.reader");

        assertTable(project.table("silver.reader").rows().select("id")).hasRows("id INT", row(1));
    }

    @Test
    void whatARollbackTakesBackIsForgottenWithWhatItsTasksMade() {
        LakeFiles files = new LakeFiles(new Configuration());
        project.data("landing/orders/b.csv", "id,code", "2,EUR");
        long made = written(project.task(SHARED, MONDAY, "bronze.raw"), "bronze.raw")
                .after();
        RunManifest manifest = RunManifest.read(files, lake, SHARED).orElseThrow();
        assertEquals(
                made,
                manifest.table(TableId.parse("bronze.raw").orElseThrow())
                        .orElseThrow()
                        .version());
        assertEquals(MONDAY, manifest.values().date());

        new Rollback(project.context(), "undo", warning -> {}, step -> {}).ofRun(SHARED, Rollback.Later.REFUSE);
        assertEquals(Optional.empty(), RunManifest.read(files, lake, SHARED));
        project.data("landing/orders/c.csv", "id,code", "3,EUR");
        written(project.task(SHARED, TUESDAY, "bronze.raw"), "bronze.raw");
        assertEquals(
                TUESDAY,
                RunManifest.read(files, lake, SHARED).orElseThrow().values().date());
    }

    @Test
    void aReproductionHasARunOfItsOwn() {
        project.data("landing/orders/b.csv", "id,code", "2,EUR");
        project.task(SHARED, MONDAY, "bronze.raw");
        Reproduction then = Reproduction.of(project.context(), SHARED);
        RunRequest request =
                new RunRequest(then.tables(), RefreshMode.INCREMENTAL, 1, RunRequest.Part.TASK, Optional.of(then));
        project.task("begun", MONDAY, "bronze.rates");
        String refused = assertThrows(IngotException.class, () -> project.run("begun", request))
                .getMessage();

        assertEquals(
                "--run-id  error CONF-008  Cannot use the run id 'begun': a run with this id exists, which reads"
                        + " what is new\n    Choose another id.",
                refused);
    }

    @Test
    void aTableThatOnlyOtherTasksReadMayBeOutOfReach() throws Exception {
        Path log = project.lake().resolve("silver/orders/_delta_log");
        try (Stream<Path> files = Files.list(log)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "no log");
            }
        }
        project.data("landing/orders/b.csv", "id,code", "2,EUR");
        written(project.task(SHARED, MONDAY, "bronze.raw"), "bronze.raw");
    }
}
