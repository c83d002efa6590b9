package dev.ingot.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.plan.WrittenProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectReaderTest {

    private static final String FILES = """
            -- conf/project.yml --
            name: test
            variables:
              late: {type: int, default: 1}
              word: {default: one}
            -- conf/env/local.yml --
            lake: lake
            variables:
              late: 2
            -- conf/env/bare.yml --
            lake: /data/lake/
            -- arguments --
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--env bare | 1 | conf/project.yml:3:30",
                "--env local | 2 | conf/env/local.yml:3:9",
                "INGOT_VAR_LATE=3 | 3 | INGOT_VAR_LATE",
                "INGOT_VAR_LATE=3 --var late=4 | 4 | --var",
                "--env bare --var late=4 | 4 | --var"
            })
    void usesTheSourceOfHighestPrecedence(String arguments, long value, String origin) {
        Project project = project(FILES + arguments);

        assertEquals(value, project.values().parameterValues().get("var_late"));
        assertEquals(origin, setting(project, "variables.late").origin());
    }

    @Test
    void recordsTheOriginOfEverySetting() {
        Project project = project("""
                -- conf/project.yml --
                name: test
                layers:
                  raw: {reads: [outside]}
                -- conf/env/local.yml --
                secrets:
                  kv: {provider: env}
                spark:
                  spark.master: local[2]
                  spark.hadoop.password: ${secret:kv/password}
                lake: ${env:ROOT}/lake
                -- arguments --
                ROOT=/data
                """);

        assertEquals(
                List.of(
                        "project=test @ conf/project.yml:1:7",
                        "environment=local @ --env",
                        "lake=/data/lake @ conf/env/local.yml:6:7",
                        "spark.master=local[2] @ conf/env/local.yml:4:17",
                        "spark.hadoop.password=*** @ conf/env/local.yml:5:26",
                        "secrets.kv=env @ conf/env/local.yml:2:7",
                        "layers.raw.reads=[outside] @ conf/project.yml:3:16"),
                project.settings().stream()
                        .map(setting -> setting.name() + "=" + setting.value() + " @ " + setting.origin())
                        .toList());
    }

    @Test
    void usesDefaultLayers() {
        Project project = project(FILES);

        assertEquals(
                List.of("bronze", "silver", "gold"),
                List.copyOf(project.layers().keySet()));
        assertEquals(List.of("silver", "gold"), project.layers().get("gold").reads());
        assertEquals("built-in default", setting(project, "layers.gold.reads").origin());
    }

    @ParameterizedTest
    @CsvSource({
        "lake, PROJECT/lake",
        "./a/../lake/, PROJECT/lake",
        "/data/lake/, /data/lake",
        "abfss://lake@x.dfs.core.windows.net/, abfss://lake@x.dfs.core.windows.net",
        "s3a://bucket/lake, s3a://bucket/lake",
        "file:/data, file:/data"
    })
    void makesTheLakeAbsolute(String written, String lake) {
        Project project = project("-- conf/env/local.yml --\nlake: " + written + "\n");

        assertEquals(lake.replace("PROJECT", project.root().toString()), project.lake());
    }

    @Test
    void acceptsADashInTheNameOfAnEnvironment() {
        Project project = project("-- conf/env/eu-west.yml --\nlake: lake\n-- arguments --\n--env eu-west\n");

        assertEquals("eu-west", project.environment());
    }

    @Test
    void reportsAWrongVariableWithoutItsUses() {
        Diagnostics diagnostics = new Diagnostics();
        new WrittenProject(folder, """
                -- conf/project.yml --
                name: test
                variables:
                  late: {type: int, default: soon}
                  landing: {}
                -- pipelines/flights.yml --
                name: flights
                source:
                  files: {path: "${var:landing}", format: csv}
                transformations:
                  - filter: delay > :var_late
                target: {layer: bronze, mode: append}
                """).plan(diagnostics);

        assertEquals(
                List.of("conf/project.yml:3:30", "conf/project.yml:4:3"),
                diagnostics.all().stream().map(found -> found.span().toString()).toList());
    }

    @Test
    void printsProjectsWithoutSecrets() {
        Project project = project("""
                -- conf/project.yml --
                name: test
                -- conf/env/local.yml --
                lake: lake
                spark:
                  spark.hadoop.password: ${secret:kv/password}
                secrets:
                  kv: {provider: env}
                -- arguments --
                INGOT_SECRET_KV_PASSWORD=hunter2
                """);

        assertFalse((project + project.settings().toString() + project.values()).contains("hunter2"));
    }

    private Project project(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Project project = new WrittenProject(folder, text).project(diagnostics).orElse(null);
        diagnostics.throwIfErrors();
        return project;
    }

    private static Setting<?> setting(Project project, String name) {
        return project.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
