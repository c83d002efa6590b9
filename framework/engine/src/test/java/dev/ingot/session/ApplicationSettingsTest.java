package dev.ingot.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.config.Project;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of a Spark application, without starting one. */
class ApplicationSettingsTest {

    private static final String DELTA = "io.delta.sql.DeltaSparkSessionExtension";

    private Path root;

    @BeforeEach
    void folder(@TempDir Path folder) throws IOException {
        root = folder;
        Files.createDirectories(root.resolve("conf/env"));
        Files.writeString(root.resolve("conf/project.yml"), "name: shop\n");
    }

    private Project project(String environment) throws IOException {
        Files.writeString(root.resolve("conf/env/local.yml"), "lake: /lake\n" + environment);
        Diagnostics diagnostics = new Diagnostics();
        RunValues run = new RunValues("run", LocalDate.parse("2026-01-02"), Instant.EPOCH);
        Project project = new ProjectReader(root, Map.of(), diagnostics)
                .read("local", Map.of(), run)
                .orElse(null);
        diagnostics.throwIfErrors();
        return project;
    }

    private Map<String, String> added(Map<String, String> given, String environment) throws IOException {
        Map<String, String> added = new TreeMap<>(
                ApplicationSettings.merge(given, project(environment)).added());
        added.keySet().removeIf(name -> name.contains("redaction"));
        return added;
    }

    @Test
    void environmentFileOverridesLocalDefaults() throws IOException {
        Map<String, String> added = added(Map.of(), "spark: {spark.sql.shuffle.partitions: 9, spark.a: b}");

        assertEquals("local[*]", added.get("spark.master"));
        assertEquals("127.0.0.1", added.get("spark.driver.host"));
        assertEquals("9", added.get("spark.sql.shuffle.partitions"));
        assertEquals("b", added.get("spark.a"));
        assertEquals(DELTA, added.get("spark.sql.extensions"));
        assertEquals("/lake/_ingot/warehouse", added.get("spark.sql.warehouse.dir"));
    }

    @Test
    void submittedSettingsWinAndOnlyRequiredOnesAreAdded() throws IOException {
        Map<String, String> given =
                Map.of("spark.master", "spark://host:7077", "spark.app.name", "nightly", "spark.a", "submitted");
        Map<String, String> expected = new TreeMap<>(SessionSettings.APPLICATION);
        expected.putAll(StorageDefaults.SETTINGS);
        expected.put("spark.b", "file");
        expected.put("spark.sql.warehouse.dir", "/lake/_ingot/warehouse");

        assertEquals(expected, added(given, "spark: {spark.master: 'local[1]', spark.a: file, spark.b: file}"));
    }

    @Test
    void addsDeltaToExistingExtensions() throws IOException {
        assertEquals(
                "a.B," + DELTA, added(Map.of("spark.sql.extensions", "a.B"), "").get("spark.sql.extensions"));
        assertEquals(
                "a.C," + DELTA,
                added(Map.of(), "spark: {spark.sql.extensions: a.C}").get("spark.sql.extensions"));
        assertEquals(
                DELTA + ",a.B",
                added(Map.of("spark.sql.extensions", DELTA + ",a.B"), "").get("spark.sql.extensions"));
    }

    @Test
    void passesHadoopItsSettingsWithoutSecrets() throws IOException {
        var hadoop = ApplicationSettings.merge(
                        Map.of("spark.hadoop.given", "1", "spark.other", "2"),
                        project("spark: {spark.hadoop.a: '${secret:kv/a}'}\nsecrets: {kv: {provider: env}}"))
                .hadoop();

        assertEquals("1", hadoop.get("given"));
        assertEquals("kv/a", hadoop.get("ingot.secret.a"));
        assertEquals("ingot:///", hadoop.get("hadoop.security.credential.provider.path"));
    }

    @ParameterizedTest
    @CsvSource({
        "fs.azure.account.key.x, true",
        "fs.azure.sas.container.account, true",
        "fs.s3a.access.key, true",
        "spark.ssl.keyPassword, true",
        "javax.jdo.option.ConnectionPassword, true",
        "spark.sql.shuffle.partitions, false",
        "spark.app.kansas, false"
    })
    void redactsSettingsWithSecretSoundingNames(String name, boolean hidden) throws IOException {
        String regex = ApplicationSettings.merge(Map.of(), project("")).added().get("spark.redaction.regex");

        assertEquals(hidden, Pattern.compile(regex).matcher(name).find());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "url=jdbc:postgresql://h/db?user=u&password=p4ss&ssl=true; url=jdbc:postgresql://h/db?user=u&#&ssl=true",
                "amqp://me:p4ss@h/x; amqp://#@h/x",
                "https://a.blob.core.windows.net/c?sv=1&sig=abc%3D, more; https://a.blob.core.windows.net/c?sv=1&#, more",
                "Filter (token#12 = x) AND (password#3 = y); Filter (token#12 = x) AND (password#3 = y)"
            })
    void redactsPasswordsInAPlan(String plan, String expected) throws IOException {
        String regex = ApplicationSettings.merge(Map.of(), project("")).added().get("spark.sql.redaction.string.regex");

        assertEquals(expected, Pattern.compile(regex).matcher(plan).replaceAll("#"));
    }

    @Test
    void keepsAnExistingRedactionPattern() throws IOException {
        String required =
                ApplicationSettings.merge(Map.of(), project("")).added().get("spark.redaction.regex");

        assertEquals(
                "mine|" + required,
                ApplicationSettings.merge(Map.of("spark.redaction.regex", "mine"), project(""))
                        .added()
                        .get("spark.redaction.regex"));
        assertEquals(
                "mine|" + required,
                ApplicationSettings.merge(Map.of("spark.redaction.regex", "mine|" + required), project(""))
                        .added()
                        .get("spark.redaction.regex"));
    }

    @Test
    void reportsAllMissingSecretsBeforeSparkStarts() throws IOException {
        Path file = Files.writeString(root.resolve("open"), "koala-123");
        Project project = project("""
                spark:
                  spark.hadoop.fs.s3a.access.key: ${secret:kv/id}
                  spark.hadoop.fs.s3a.secret.key: ${secret:kv/key}
                  spark.hadoop.fs.azure.account.key.x: ${secret:files/open}
                  spark.hadoop.other: ${secret:kv/there#field}
                  spark.hadoop.there: ${secret:kv/there}
                secrets:
                  kv: {provider: env}
                  files: {provider: file, path: %s}
                """.formatted(root));
        IngotException missing = assertThrows(
                IngotException.class, () -> SparkSessions.start(project, Map.of("INGOT_SECRET_KV_THERE", "koala-124")));

        assertEquals("""
                conf/env/local.yml  error CONF-007  Cannot resolve ${secret:files/open} for 'fs.azure.account.key.x': other users can read the file %1$s
                    Restrict its permissions: chmod go-rwx %1$s
                conf/env/local.yml  error CONF-007  Cannot resolve ${secret:kv/id} for 'fs.s3a.access.key': the secret does not exist
                    Set the environment variable INGOT_SECRET_KV_ID.
                conf/env/local.yml  error CONF-007  Cannot resolve ${secret:kv/key} for 'fs.s3a.secret.key': the secret does not exist
                    Set the environment variable INGOT_SECRET_KV_KEY.
                conf/env/local.yml  error CONF-007  Cannot resolve ${secret:kv/there#field} for 'other': the secret 'there' is not a JSON document
                    Remove '#field' to use the whole value.""".formatted(file), missing.getMessage());
        assertTrue(missing.diagnostics().size() == 4);
        assertFalse(missing.getMessage().contains("koala"));
    }

    @Test
    void reportsACredentialProviderUnknownToHadoop() throws IOException {
        Project project = project("""
                spark:
                  spark.hadoop.there: ${secret:kv/there}
                  spark.hadoop.hadoop.security.credential.provider.path: nothing://x
                secrets:
                  kv: {provider: env}
                """);
        IngotException failed = assertThrows(
                IngotException.class, () -> SparkSessions.start(project, Map.of("INGOT_SECRET_KV_THERE", "koala-124")));

        assertEquals("""
                conf/env/local.yml  error ENV-007  Cannot resolve secrets through Hadoop: it does not find a credential provider for every address in hadoop.security.credential.provider.path (nothing://x,ingot:///)
                    Ingot's jar must be on the class path when Spark starts: add it to spark.driver.extraClassPath and spark.executor.extraClassPath, or to Spark's own jars.""", failed.getMessage());
    }
}
