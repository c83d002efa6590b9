package dev.ingot.integration.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingot.cli.Main;
import dev.ingot.testkit.ChildJvm;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.Tools;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs both notebooks from the first cell to the last, and checks that they show the tables of the example's first run.
 */
@LongTest
@SparkTest
class NotebooksTest {

    private static final Path HOME = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Path NOTEBOOKS = HOME.resolve("notebooks");
    private static final String JUPYTER = "jupyter-nbconvert";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Path lake;

    @BeforeAll
    static void runTheExample() throws Exception {
        Path project = folder.resolve("project");
        copy("conf", project);
        copy("pipelines", project);
        lake = project.resolve("lake");
        try (ChildJvm run = ChildJvm.start(
                folder.resolve("run.txt"), Main.class, "run", "+silver.events", "--project", project.toString())) {
            run.requireSuccess(Duration.ofMinutes(4));
        }
    }

    private static void copy(String part, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(HOME.resolve(part))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(HOME.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void jupyterRunsItsNotebook() throws Exception {
        Tools.assumeInstalled(JUPYTER);
        installKernel();

        List<String> outputs = outputs(execute(NOTEBOOKS.resolve("lake.ipynb")));

        assertEquals(8, outputs.size(), outputs::toString);
        assertTrue(outputs.get(1).contains("|earthquake"), outputs.get(1));
        assertTrue(outputs.get(2).contains("|CREATE TABLE"), outputs.get(2));
        assertTrue(outputs.get(3).startsWith("version 0: 0 rows, version 1: 1317 rows\n"), outputs.get(3));
        assertTrue(outputs.get(4).contains("|located           |5    |"), outputs.get(4));
        assertTrue(outputs.get(5).contains("|[location_converged]|nc72963746|earthquake|"), outputs.get(5));
        assertTrue(
                outputs.get(6).contains("|silver.events      |written|1            |1323   |1317    |"),
                outputs.get(6));
    }

    private static void installKernel() throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        arguments.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        arguments.addAll(List.of(JavaKernel.class.getName(), "{connection_file}"));
        Path file = folder.resolve("jupyter/kernels/java/kernel.json");
        Files.createDirectories(file.getParent());
        JSON.writeValue(
                file.toFile(),
                Map.of(
                        "argv",
                        arguments,
                        "display_name",
                        "Java",
                        "language",
                        "java",
                        "env",
                        Map.of("CLASSPATH", System.getProperty("java.class.path"))));
    }

    private static JsonNode execute(Path notebook) throws IOException, InterruptedException {
        Path output = folder.resolve("nbconvert.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        JUPYTER,
                        "--to",
                        "notebook",
                        "--execute",
                        "--ExecutePreprocessor.timeout=120",
                        "--ExecutePreprocessor.startup_timeout=60",
                        "--output-dir",
                        folder.toString(),
                        notebook.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "JUPYTER_PATH", folder.resolve("jupyter").toString(),
                        "JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString(),
                        "JUPYTER_CONFIG_DIR", folder.resolve("config").toString(),
                        "INGOT_LAKE", lake.toString()));
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(4, TimeUnit.MINUTES), () -> "nbconvert did not end: " + output);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), Files.readString(output));
        return JSON.readTree(folder.resolve(notebook.getFileName()).toFile());
    }

    /** Returns the output of each code cell. */
    private static List<String> outputs(JsonNode notebook) {
        List<String> outputs = new ArrayList<>();
        notebook.get("cells").forEach(cell -> {
            if (cell.get("cell_type").asText().equals("code")) {
                StringBuilder text = new StringBuilder();
                cell.get("outputs").forEach(output -> {
                    if (output.path("name").asText().equals("stdout")) {
                        output.get("text").forEach(line -> text.append(line.asText()));
                    }
                });
                outputs.add(text.toString());
            }
        });
        return outputs;
    }

    @Test
    void sparkRunsTheSqlOfTheDatabricksNotebook(SparkSession spark) throws IOException {
        List<String> cells = Stream.of(Files.readString(NOTEBOOKS.resolve("lake_databricks.sql"))
                        .replaceFirst("^-- Databricks notebook source\n", "")
                        .replace("abfss://lake@exampleprod.dfs.core.windows.net/earthquakes", lake.toString())
                        .split("\n-- COMMAND ----------\n"))
                .map(String::strip)
                .filter(cell -> !cell.startsWith("-- MAGIC "))
                .toList();

        List<List<String>> rows = cells.stream()
                .map(cell -> spark.sql(cell).collectAsList().stream()
                        .map(Object::toString)
                        .toList())
                .filter(outputs -> !outputs.isEmpty())
                .toList();

        assertEquals(9, cells.size());
        assertEquals(6, rows.size());
        assertTrue(rows.get(0).get(0).startsWith("[earthquake,"), rows.get(0)::toString);
        assertTrue(rows.get(1).get(1).contains(",CREATE TABLE,"), rows.get(1)::toString);
        assertEquals(1317, rows.get(2).size());
        assertEquals(List.of("[located,5]", "[location_converged,1]"), rows.get(3));
        assertEquals(6, rows.get(4).size());
        assertTrue(
                rows.get(5).stream().anyMatch(row -> row.contains(",silver.events,written,1,1323,1317,0,6,")),
                rows.get(5)::toString);
    }
}
