package dev.ingot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Checks the output of the commands that read a table and its history. */
@SparkTest
@ResourceLock(Resources.SYSTEM_OUT)
class TableCommandsTest {

    private static TemporaryLake folder;
    private static String errors;

    @BeforeAll
    static void twoDeliveries(TemporaryLake temporary) {
        folder = temporary;
        folder.write("conf/project.yml", "name: shop");
        folder.write("conf/env/local.yml", "lake: lake");
        folder.write("pipelines/orders.yml", """
                name: orders
                source:
                  files: {path: landing, format: csv, schema: "id INT, paid DOUBLE, at TIMESTAMP, email STRING"}
                quality:
                  - {expression: paid >= 0, name: not_negative}
                target:
                  layer: bronze
                  mode: merge
                  keys: [id]
                  columns:
                    - {name: id, type: int}
                    - {name: paid, type: double}
                    - {name: at, type: timestamp}
                    - {name: email, type: string, pii: true}
                """.split("\n"));
        folder.write("landing/a.csv", "id,paid,at,email", "1,10,2026-01-01T06:00:00Z,a@x.org", "2,20,,b@x.org");
        print(0, "run", "--run-id", "monday");
        folder.write(
                "landing/b.csv",
                "id,paid,at,email",
                "1,15,2026-01-02T06:00:00Z,a@x.org",
                "3,-1,,c@x.org",
                "4,40,,d@x.org");
        print(0, "run", "--run-id", "tuesday");
    }

    /** Returns the JSON output of a command. */
    private static List<JsonNode> rows(String... command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--output", "json"));
        List<JsonNode> rows = new ArrayList<>();
        for (String line : print(0, arguments.toArray(String[]::new)).lines().toList()) {
            rows.add(new ObjectMapper().readTree(line));
        }
        return rows;
    }

    private static String print(int code, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--project", folder.root().toString()));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            assertEquals(
                    code,
                    Main.execute(arguments.toArray(String[]::new)),
                    () -> captured.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        errors = captured.toString(StandardCharsets.UTF_8);
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsADifferenceAsTextAndAsJson() throws IOException {
        List<String> text =
                print(0, "diff", "bronze.orders", "--run", "tuesday").lines().toList();

        assertEquals("bronze.orders from version 1 to 2: 1 added, 1 changed, 0 removed", errors.strip());
        assertEquals(
                List.of(
                        "CHANGE   ID  PAID          AT                                            EMAIL",
                        "changed   1  10.0 -> 15.0  2026-01-01T06:00:00Z -> 2026-01-02T06:00:00Z  ***",
                        "added     4          40.0                                                ***"),
                text.stream()
                        .map(line -> line.replaceFirst("  (_SOURCE_FILE|  file:).*", "")
                                .stripTrailing())
                        .toList());
        JsonNode changed =
                rows("diff", "bronze.orders", "--from", "1", "--to", "2").get(0);
        assertEquals(15.0, changed.get("paid").asDouble());
        assertEquals("***", changed.get("email").asText());
        assertEquals(10.0, changed.at("/was/paid").asDouble());
        assertEquals("2026-01-01T06:00:00Z", changed.at("/was/at").asText());
        assertEquals(List.of(), rows("diff", "bronze.orders", "--from", "2", "--to", "2"));
    }

    @Test
    void showsATableAndRollsItBack() throws IOException {
        assertEquals(2, rows("show", "bronze.orders", "--run", "monday").size());
        assertEquals(
                List.of("a@x.org", "b@x.org"),
                rows("show", "bronze.orders", "--version", "1", "--pii").stream()
                        .map(row -> row.get("email").asText())
                        .sorted()
                        .toList());
        assertEquals(3, rows("show", "bronze.orders").size());
        assertEquals(1, rows("show", "bronze.orders_quarantine").size());
        print(2, "show", "bronze.oders");
        assertEquals(
                "TABLE  error CONF-008  Cannot find the table 'bronze.oders': no pipeline writes it\n"
                        + "    accepted: bronze.orders       did you mean 'bronze.orders'?",
                errors.strip());
        assertEquals(
                List.of("tuesday", "monday"),
                rows("history").stream()
                        .map(row -> row.get("run_id").asText())
                        .filter(run -> !run.equals("broken"))
                        .toList());
        assertEquals(
                "[{\"table\":\"bronze.orders\",\"from_version\":2,\"rows_as_of_version\":1,\"runs\":\"tuesday\"}]",
                rows("rollback", "tuesday", "--run-id", "back").toString());
        assertEquals(2, rows("show", "bronze.orders").size());
        assertEquals(0, rows("show", "bronze.orders_quarantine").size());
        assertEquals(
                "RESTORE",
                rows("history", "bronze.orders").get(0).path("operation").asText());
    }

    @Test
    void historyHasTheReasonOfAFailedRun() throws IOException {
        folder.write("pipelines/stops.yml", """
                name: stops
                source: {rows: [{id: 1}]}
                quality: [{expression: id > 1, name: more, on_violation: fail}]
                target: {layer: bronze, mode: append}
                """.split("\n"));

        print(1, "run", "--run-id", "broken", "bronze.stops");

        assertTrue(errors.startsWith("run broken\n"), errors);
        JsonNode failed = rows("history").get(0);
        assertEquals("broken", failed.get("run_id").asText());
        assertTrue(failed.get("version_after").isNull());
        assertTrue(failed.get("message").asText().contains("pipelines/stops.yml"), failed::toString);
        assertTrue(print(0, "history", "--limit", "1").contains("MESSAGE"));
        Files.delete(folder.path("pipelines/stops.yml"));
    }
}
