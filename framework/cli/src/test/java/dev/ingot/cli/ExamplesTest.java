package dev.ingot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Runs copies of the small examples by the commands that their READMEs name. */
@SparkTest
@ResourceLock(Resources.SYSTEM_OUT)
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("../../pipelines/examples");
    private static final List<String> DELIVERIES = List.of("second", "third", "fourth");

    private Path project;
    private String errors;

    @BeforeEach
    void takeTheFolder(TemporaryLake folder) {
        project = folder.root();
    }

    @Test
    void cdc() throws IOException {
        copy("cdc");

        assertEquals("written 8 in, 2 inserted", run(0, "silver.customers"));
        assertRows("silver.customers", "id name city lsn", "1 Ada Oslo 106", "2 Bob Lyon 105");

        deliver("second");
        assertEquals("written 5 in, 1 inserted, 1 deleted", run(0, "silver.customers"));
        assertRows("silver.customers", "id name city lsn", "1 Ada Oslo 106", "4 Dee Basel 111");

        assertEquals("nothing new", run(0, "silver.customers"));
        assertRows("silver.customers", "id name city lsn", "1 Ada Oslo 106", "4 Dee Basel 111");
    }

    @LongTest
    @Test
    void historyFromSnapshots() throws IOException {
        copy("scd2-snapshots");
        String columns = "sku name price last_seen is_current";

        assertEquals("written 4 in, 4 inserted", run(0, "silver.product_history"));
        assertRows(
                "silver.product_history",
                columns,
                "A1 Cup 4.5 2026-03-01 true",
                "B2 Bowl 9.0 2026-03-01 true",
                "C3 Jug 19.0 2026-03-01 true",
                "D4 Plate 7.0 2026-03-01 true");

        deliver("second");
        run(0, "silver.product_history");
        String[] history = {
            "A1 Cup 4.5 2026-03-01 false",
            "A1 Cup 5.0 2026-03-02 true",
            "B2 Bowl 9.0 2026-03-01 false",
            "C3 Jug 19.0 2026-03-01 false",
            "C3 Water jug 19.0 2026-03-02 true",
            "D4 Plate 7.0 2026-03-02 true",
            "E5 Vase 24.0 2026-03-02 true"
        };
        assertRows("silver.product_history", columns, history);
        assertRows(
                "gold.products", "sku name price", "A1 Cup 5.0", "C3 Water jug 19.0", "D4 Plate 7.0", "E5 Vase 24.0");

        assertEquals("nothing new", run(0, "silver.product_history"));
        assertRows("silver.product_history", columns, history);
    }

    @Test
    void rowsLeaveTheQuarantine() throws IOException {
        copy("quality-quarantine");
        String columns = "order_id customer amount status";
        String quarantine = "silver.orders_quarantine";

        assertEquals("written 5 in, 2 inserted, 3 quarantined", run(0, "silver.orders"));
        assertRows("silver.orders", columns, "1 Ada 9.5 paid", "5 Eve 20.0 lost");
        assertRows(quarantine, "rules", "[amount_not_negative]", "[not_null(customer)]", "[type]");

        deliver("second");
        assertEquals("written 2 in, 2 inserted", run(0, "silver.orders"));
        assertRows("silver.orders", columns, "1 Ada 9.5 paid", "3 Cem 7.0 open", "4 Dee 3.0 open", "5 Eve 20.0 lost");

        Files.copy(
                project.resolve("fixed/orders.yml"),
                project.resolve("pipelines/orders.yml"),
                StandardCopyOption.REPLACE_EXISTING);
        run(0, "silver.orders", "silver.orders", "--full-refresh");
        String[] all = {"1 Ada 9.5 paid", "2 Bob 12.5 paid", "3 Cem 7.0 open", "4 Dee 3.0 open", "5 Eve 20.0 lost"};
        assertRows("silver.orders", columns, all);
        assertRows(quarantine, "rules", "[amount_not_negative]", "[not_null(customer)]");

        deliver("third");
        run(1, "silver.orders");
        assertTrue(errors.contains("DATA-001"), errors);
        assertRows("silver.orders", columns, all);

        deliver("fourth");
        run(0, "silver.orders");
        assertRows(
                "silver.orders",
                columns,
                Stream.concat(Stream.of(all), Stream.of("6 Fay 5.0 open")).toArray(String[]::new));
        assertEquals("nothing new", run(0, "silver.orders"));
    }

    @Test
    void aComponentOfTheUser() throws IOException {
        copy("own-component");
        Path classes = project.resolve("classes");
        String[] javac = {
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-processor",
            "dev.ingot.processor.ComponentIndexer",
            project.resolve("src/com/example/CleanText.java").toString()
        };
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, javac));

        execute(2, "validate");
        assertTrue(errors.contains("error SPEC-004"), errors);

        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            execute(0, "validate");
            assertEquals("written 3 in, 2 inserted, 1 quarantined", run(0, "bronze.contacts"));
            assertRows("bronze.contacts", "id name city", "1 Ada London", "2 Bob ");
            assertEquals("nothing new", run(0, "bronze.contacts"));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Copies an example as it is before its first run, with a setting that plans queries of few rows faster. */
    private void copy(String example) throws IOException {
        Path from = EXAMPLES.resolve(example);
        try (Stream<Path> parts = Files.list(from)) {
            for (Path part : parts.filter(Files::isDirectory).toList()) {
                String name = part.getFileName().toString();
                if (!List.of("lake", "classes").contains(name)) {
                    ExampleProject.copy(part, project.resolve(name));
                }
            }
        }
        Path environment = project.resolve("conf/env/local.yml");
        Files.writeString(environment, "  spark.sql.adaptive.enabled: false\n", StandardOpenOption.APPEND);
        for (String delivery : DELIVERIES) {
            if (Files.exists(from.resolve(delivery))) {
                try (Stream<Path> files = Files.list(from.resolve(delivery))) {
                    for (Path file : files.toList()) {
                        Files.deleteIfExists(project.resolve("landing")
                                .resolve(file.getFileName().toString()));
                    }
                }
            }
        }
    }

    private void deliver(String delivery) throws IOException {
        ExampleProject.copy(project.resolve(delivery), project.resolve("landing"));
    }

    /** Runs and returns what became of a table: "written 8 in, 2 inserted". */
    private String run(int code, String table, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("run", "--output", "json"));
        words.addAll(List.of(arguments));
        for (JsonNode line : json(execute(code, words.toArray(String[]::new)))) {
            if (line.get("table").asText().equals(table)) {
                return Stream.concat(
                                Stream.of(line.get("outcome").asText()),
                                Stream.of("in", "inserted", "updated", "deleted", "quarantined")
                                        .filter(count -> line.get(count).asLong() > 0)
                                        .map(count -> line.get(count).asLong() + " " + count))
                        .collect(Collectors.joining(", "))
                        .replaceFirst(",", "");
            }
        }
        throw new AssertionError("the run does not report " + table);
    }

    /** Compares columns of all rows, sorted, one text per row. */
    private void assertRows(String table, String columns, String... expected) throws IOException {
        List<String> rows = json(execute(0, "show", table, "--limit", "100", "--output", "json")).stream()
                .map(row -> Stream.of(columns.split(" ", -1))
                        .map(column -> text(row.get(column)))
                        .collect(Collectors.joining(" ")))
                .sorted()
                .toList();
        assertEquals(List.of(expected), rows);
    }

    private static String text(JsonNode cell) {
        return cell.isNull() ? "" : cell.isValueNode() ? cell.asText() : cell.toString();
    }

    private static List<JsonNode> json(String printed) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            rows.add(new ObjectMapper().readTree(line));
        }
        return rows;
    }

    private String execute(int code, String... command) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of("--project", project.toString()));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream reported = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(reported, true, StandardCharsets.UTF_8));
        try {
            assertEquals(
                    code, Main.execute(words.toArray(String[]::new)), () -> reported.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        errors = reported.toString(StandardCharsets.UTF_8);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
