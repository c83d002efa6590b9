package dev.ingot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.release.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code ingot validate} in a separate process, on the small class path of the launcher. */
class ValidateTest {

    /** The class path of the launcher for commands without Spark. */
    private static final List<String> SMALL = List.of(
            "/cli/", "/engine/", "/deploy/", "picocli", "snakeyaml", "jackson-", "cron-utils", "json-schema", "pebble");

    @TempDir
    private Path folder;

    private record Ended(int code, String output) {}

    private Ended validate(Path project, String... options) throws IOException, InterruptedException {
        return validate(project, List.of(), options);
    }

    private Ended validate(Path project, List<String> arguments, String... options)
            throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(":"))
                .filter(entry -> SMALL.stream().anyMatch(entry::contains))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(":"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, Main.class.getName(), "validate", "--project", project.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), output);
        return new Ended(process.exitValue(), output);
    }

    @Test
    void validatesTheExampleWithoutLoadingSpark() throws Exception {
        Ended ended = validate(ExampleProject.copyTo(folder), "-verbose:class");

        assertTrue(ended.output().contains("valid: 11 pipelines"), ended.output());
        assertEquals(0, ended.code());
        assertTrue(ended.output().contains("$Options"));
        assertFalse(ended.output()
                .lines()
                .anyMatch(line -> line.matches(".* (org\\.apache\\.spark|scala|io\\.delta)\\..*")));
    }

    @Test
    void reportsAMistakeWithItsPlaceAndExitCodeTwo() throws Exception {
        Path project = ExampleProject.copyTo(folder);
        Path file = project.resolve("pipelines/earthquakes/silver/networks.yml");
        Files.writeString(file, Files.readString(file).replace("keys:", "kees:"));
        Ended ended = validate(project);

        assertTrue(ended.output().contains("it has no option 'kees'"), ended.output());
        assertTrue(ended.output().contains("did you mean 'keys'?"), ended.output());
        assertTrue(ended.output().startsWith("pipelines/earthquakes/silver/networks.yml:"), ended.output());
        assertFalse(ended.output().contains("\tat "), ended.output());
        assertEquals(2, ended.code());
    }

    @Test
    void printsWarningsOfAValidProject() throws Exception {
        Path project = ExampleProject.copyTo(folder);
        Path file = project.resolve("pipelines/earthquakes/silver/networks.yml");
        Files.writeString(file, Files.readString(file).replace("[listed_on]", "[listed_on, _ingested_at]"));
        Ended ended = validate(project);

        assertTrue(
                ended.output().contains("warning PLAN-011  Cannot distinguish late events from new ones"),
                ended.output());
        assertTrue(ended.output().contains("valid: 11 pipelines"), ended.output());
        assertEquals(0, ended.code());
    }

    @Test
    void reportsAMistakeInAPlatform() throws Exception {
        Path project = ExampleProject.copyTo(folder);
        Path file = project.resolve("conf/env/prod.yml");
        Files.writeString(file, Files.readString(file).replace("pool: spark35", "pol: spark35"));
        Ended ended = validate(project, List.of("--env", "prod"));

        assertTrue(
                ended.output()
                        .contains("error SPEC-012  Cannot read the platform 'synapse': it has no option 'pol'\n"
                                + "    accepted: artifacts, workspace, pool,"),
                ended.output());
        assertEquals(2, ended.code());
    }

    @Test
    void reportsAnInvalidSchedule() throws Exception {
        Path project = ExampleProject.copyTo(folder);
        Path file = project.resolve("pipelines/earthquakes/silver/networks.yml");
        Files.writeString(file, Files.readString(file) + "\nschedule: {cron: '0 25 * * *'}\n");
        Ended ended = validate(project);

        assertTrue(
                ended.output().contains("error DEPLOY-002  Cannot parse the schedule '0 25 * * *': "), ended.output());
        assertEquals(2, ended.code());
    }

    @Test
    void readsAReleaseWithoutSparkAndHadoop() throws Exception {
        Path project = ExampleProject.copyTo(folder);
        Release release = Release.of("earthquakes", project);
        Path file = Files.write(folder.resolve(release.fileName()), release.zip());
        Ended ended = validate(file, List.of("--env", "prod"));

        assertTrue(ended.output().contains("valid: 11 pipelines"), ended.output());
        assertEquals(0, ended.code());
    }

    @Test
    void warnsAboutASecretInPlainText() throws Exception {
        Path project = ExampleProject.copyTo(folder);
        Path file = project.resolve("conf/env/local.yml");
        Files.writeString(
                file,
                Files.readString(file).replace("spark:\n", "spark:\n  spark.hadoop.fs.s3a.secret.key: open-to-all\n"));
        Ended ended = validate(project);

        assertTrue(
                ended.output()
                        .contains("warning CONF-006  The value of 'spark.hadoop.fs.s3a.secret.key' looks like a secret,"
                                + " and appears in plain text wherever the setting does\n    Store it in a secret"
                                + " scope, and write ${secret:scope/key} here."),
                ended.output());
        assertEquals(0, ended.code());
    }
}
