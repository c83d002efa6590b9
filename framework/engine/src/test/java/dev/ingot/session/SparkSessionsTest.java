package dev.ingot.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.config.Project;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.delta.HadoopSettings;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.secrets.Redaction;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** A running Spark is joined, and gets only references to secrets. */
@SparkTest
class SparkSessionsTest {

    @Test
    void joinsARunningSpark(SparkSession spark, TemporaryLake folder) {
        folder.write("conf/project.yml", "name: test");
        folder.write(
                "conf/env/local.yml",
                "lake: lake",
                "spark:",
                "  spark.master: local[7]",
                "  spark.hadoop.joined.password: ${secret:joined/password}",
                "secrets: {joined: {provider: env}}");
        Diagnostics diagnostics = new Diagnostics();
        Project project = new ProjectReader(folder.root(), Map.of(), diagnostics)
                .read("local", Map.of(), new RunValues("run", LocalDate.EPOCH, Instant.EPOCH))
                .orElseThrow();
        assertTrue(SparkSessions.isRunning());
        SparkSession joined = SparkSessions.start(project, Map.of("INGOT_SECRET_JOINED_PASSWORD", "bandicoot-12"));

        assertEquals(spark.sparkContext().applicationId(), joined.sparkContext().applicationId());
        assertEquals("local[2]", joined.conf().get("spark.master"));
        Configuration hadoop = HadoopSettings.of(joined);
        assertEquals("joined/password", hadoop.get("ingot.secret.joined.password"));
        assertEquals("ingot:///", hadoop.get("hadoop.security.credential.provider.path"));
        assertFalse(joined.conf().getAll().toString().contains("bandicoot-12"));
        hadoop.forEach(setting -> assertFalse(setting.getValue().contains("bandicoot-12"), setting.getKey()));
    }

    @Test
    void redactsAValueSubstitutedByThePlatform(SparkSession spark, TemporaryLake folder) {
        folder.write("conf/project.yml", "name: test");
        folder.write(
                "conf/env/local.yml",
                "lake: lake",
                "spark: {spark.hadoop.filled.password: '${secret:there/password}'}",
                "secrets: {there: {provider: databricks}}");
        Project project = new ProjectReader(folder.root(), Map.of(), new Diagnostics())
                .read("local", Map.of(), new RunValues("run", LocalDate.EPOCH, Instant.EPOCH))
                .orElseThrow();
        System.setProperty("spark.hadoop.filled.password", "wombat-9-filled");
        try {
            SparkSessions.start(project, Map.of());
        } finally {
            System.clearProperty("spark.hadoop.filled.password");
        }

        assertEquals("refused ***", Redaction.redact("refused wombat-9-filled"));
    }
}
