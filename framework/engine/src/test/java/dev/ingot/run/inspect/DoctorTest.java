package dev.ingot.run.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.config.RunValues;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.run.TestProject;
import dev.ingot.run.context.LakeContext;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SparkTest
class DoctorTest {

    private SparkSession spark;
    private final Configuration hadoop = new Configuration();
    private TestProject project;

    @BeforeEach
    void numbers(SparkSession session, TemporaryLake folder) {
        spark = session;
        project = new TestProject(session, folder).pipeline("numbers", """
                name: numbers
                source:
                  files: {path: landing, format: csv, schema: "id INT"}
                target: {layer: bronze, mode: append}
                """);
    }

    private Map<String, Doctor.Finding> findings() {
        RunValues values =
                new RunValues("doctor", LocalDate.parse("2026-01-02"), Instant.parse("2026-01-02T03:00:00Z"));
        Map<String, Doctor.Finding> findings = new LinkedHashMap<>();
        new Doctor(new LakeContext(spark, hadoop, project.context().lake()), project.plan(values), Map.of())
                .findings()
                .forEach(finding -> findings.put(finding.subject(), finding));
        return findings;
    }

    private static String problems(Doctor.Finding finding) {
        return finding.problems().stream().map(Diagnostic::render).collect(Collectors.joining("\n"));
    }

    @Test
    void whatIsFitIsToldAndNothingStaysInTheLake() throws IOException {
        project.data("landing/a.csv", "id", "1");
        project.run();
        Map<String, Doctor.Finding> findings = findings();

        assertEquals(
                List.of("spark", "secrets", "lake", "bronze.numbers source input", "bronze.numbers"),
                List.copyOf(findings.keySet()));
        findings.values().forEach(finding -> assertEquals("", problems(finding)));
        assertEquals("version 1, 1 file", findings.get("bronze.numbers").found());
        try (Stream<Path> left = Files.list(project.lake().resolve("_ingot"))) {
            assertEquals(
                    List.of(),
                    left.filter(file -> file.toString().contains("doctor")).toList());
        }
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() throws IOException {
        hadoop.set("hadoop.security.credential.provider.path", "ingot:///");
        hadoop.set("ingot.secret.fs.a.key", "lost/key");
        hadoop.set("ingot.scope.lost.provider", "env");
        project.data("landing/a.csv", "id", "1");
        project.run();
        Path log = project.lake().resolve("bronze/numbers/_delta_log/00000000000000000001.json");
        Files.writeString(log, "this is no log\n");
        try (Stream<Path> files = Files.walk(project.lake().getParent().resolve("landing"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        String told = findings().values().stream().map(DoctorTest::problems).collect(Collectors.joining("\n"));

        assertTrue(
                told.contains("conf/env/local.yml  error CONF-007  Cannot resolve ${secret:lost/key} for 'fs.a.key': "),
                told);
        assertTrue(told.contains("error PLAN-010  Cannot read files: nothing exists at 'landing'"), told);
        assertTrue(
                told.contains("_delta_log/00000000000000000001.json: the file is damaged, or has another format"
                        + " than its name says"),
                told);
    }
}
