package dev.ingot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.testkit.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that the value of a secret appears nowhere, whatever fails: not printed, not in the run log, not in a setting,
 * not in Spark's event log, and in no encoding.
 */
class CanaryTest {

    /** Which of the forms get pipelines: all with {@code -Pfull}, without it "base64" and "plain". */
    private static final int EACH = Integer.getInteger("ingot.test.canary", 7);

    private static final String CANARY = "c4n4ry/Qm+7kLz9=w==";
    private static final Pattern FAILURE = Pattern.compile("(?m)^\\S+  error [A-Z]+-\\d{3}  ");

    @TempDir
    private Path root;

    @BeforeEach
    void writeProject() throws IOException {
        Path secret = write("secrets/canary", CANARY);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.createDirectory(root.resolve("events"));
        write("conf/project.yml", "name: canary\n");
        environment("local", CanaryFileSystem.PASSWORD, "${secret:files/canary}");
        environment("missing", CanaryFileSystem.PASSWORD, "${secret:files/canary#password}");
        write("conf/env/misplaced.yml", """
                lake: lake
                spark: {spark.password: "${secret:files/canary}"}
                secrets: {files: {provider: file, path: %s}}
                """.formatted(root.resolve("secrets")));
        write("landing/fine/data.csv", "value\n1\n");
        pipeline("fine", "late", "path: landing/fine", "cast(value AS int) AS v");
        int number = 0;
        for (Map.Entry<String, String> form : CanaryForms.of(CANARY).entrySet()) {
            if (number++ % EACH > 0) {
                continue;
            }
            String folder = "landing/" + form.getKey();
            write(folder + "/data.csv", "value\n" + form.getValue() + "\n");
            pipeline("cast_" + form.getKey(), "late", "path: " + folder, "cast(value AS int) AS v");
            String stored = "refusing://" + root.resolve(folder);
            pipeline("read_" + form.getKey(), "late", "path: '" + stored + "', schema: value string", "value");
            pipeline("infer_" + form.getKey(), "early", "path: '" + stored + "'", "value");
        }
    }

    private void environment(String name, String setting, String secret) throws IOException {
        write("conf/env/" + name + ".yml", """
                lake: lake
                spark:
                  spark.master: local[2]
                  spark.sql.shuffle.partitions: 1
                  spark.eventLog.enabled: true
                  spark.eventLog.dir: %s
                  spark.hadoop.fs.refusing.impl: %s
                  spark.hadoop.%s: %s
                secrets:
                  files: {provider: file, path: %s}
                """.formatted(
                        root.resolve("events").toUri(),
                        CanaryFileSystem.class.getName(),
                        setting,
                        secret,
                        root.resolve("secrets")));
    }

    private void pipeline(String name, String tag, String files, String column) throws IOException {
        write("pipelines/" + name + ".yml", """
                name: %s
                tags: [%s]
                source:
                  files: {%s, format: csv}
                transformations:
                  - select: ["%s"]
                target: {layer: bronze, mode: append}
                """.formatted(name, tag, files, column));
    }

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void secretAppearsNowhere() throws Exception {
        Path printed = root.resolve("printed.txt");
        try (ChildJvm child = ChildJvm.start(printed, CanaryFailures.class, root.toString())) {
            child.requireSuccess(Duration.ofMinutes(5));
        }
        String output = Files.readString(printed);

        assertEquals(List.of(), leaks());
        assertTrue(FAILURE.matcher(output).results().count() >= (EACH == 1 ? 500 : 480));
        assertTrue(output.contains("the log is open"));
        assertTrue(output.contains("403 forbidden for key '***'"));
        assertTrue(eventLog().contains("403 forbidden for key '***'"));
        assertTrue(output.contains("The value '***' of the type \"STRING\" cannot be cast to \"INT\""));
        assertTrue(Files.readString(root.resolve("dump.txt")).contains("ingot.secret.fs.refusing.key,files/canary"));
    }

    private String eventLog() throws IOException {
        try (Stream<Path> logs = Files.list(root.resolve("events"))) {
            return Files.readString(logs.findFirst().orElseThrow());
        }
    }

    /** Returns where the canary appears, except in the files that it was written into. */
    private List<String> leaks() throws IOException {
        List<String> leaks = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String place = root.relativize(file).toString();
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                CanaryForms.of(CANARY).forEach((form, value) -> {
                    if (!place.startsWith("secrets/") && !place.startsWith("landing/") && text.contains(value)) {
                        leaks.add(form + " in " + place);
                    }
                });
            }
        }
        return leaks;
    }
}
