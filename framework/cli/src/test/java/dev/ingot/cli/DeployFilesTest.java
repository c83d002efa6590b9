package dev.ingot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.config.Project;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.deploy.Change;
import dev.ingot.deploy.DeployReader;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.ProjectPlanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployFilesTest {

    private static final String HOURLY = "deploy/local/prod/submit-shop_bronze_hourly.sh";
    private static final String LIST = "deploy/local/prod/.ingot-files";
    private static final byte[] BINARY = {(byte) 0xC3, (byte) 0x28, 0};

    @TempDir
    private Path root;

    @BeforeEach
    void writeProject() throws IOException {
        writeFile("conf/project.yml", "name: shop\n");
        writeFile("conf/env/prod.yml", "lake: /lake\ndeploy: {local: {artifacts: /srv/ingot}}\n");
        pipeline("daily", "");
        pipeline("hourly", "schedule: {cron: '0 * * * *'}\n");
    }

    @Test
    void deletesObsoleteFiles() throws IOException {
        assertEquals(
                List.of("create file " + LIST, "create file deploy/local/prod/submit-shop.sh", "create file " + HOURLY),
                changes());
        apply();
        assertEquals(List.of(), changes());
        assertEquals("submit-shop.sh\nsubmit-shop_bronze_hourly.sh\n", Files.readString(root.resolve(LIST)));

        pipeline("hourly", "");

        List<String> changes = List.of("update file deploy/local/prod/submit-shop.sh", "delete file " + HOURLY);
        assertEquals(changes, changes());
        apply();
        assertEquals(List.of(), changes());
        assertFalse(Files.exists(root.resolve(HOURLY)));
        assertEquals("submit-shop.sh\n", Files.readString(root.resolve(LIST)));
    }

    @Test
    void keepsAndListsAFileUntilItsDeletionIsAllowed() throws IOException {
        apply();
        pipeline("hourly", "");

        for (int time = 1; time <= 2; time++) {
            DeployFiles files = files();
            files.apply(files.changes().stream()
                    .filter(change -> change.kind() != Change.Kind.DELETE)
                    .toList());
            assertEquals(List.of("delete file " + HOURLY), changes());
            assertEquals("submit-shop.sh\nsubmit-shop_bronze_hourly.sh\n", Files.readString(root.resolve(LIST)));
        }
        apply();
        assertFalse(Files.exists(root.resolve(HOURLY)));
    }

    @Test
    void leavesOtherFilesUnchanged() throws IOException {
        apply();
        writeFile("deploy/local/prod/README.md", "by hand\n");
        writeFile("deploy/local/prod/.databricks/state.json", "{}\n");
        Files.write(root.resolve("deploy/local/prod/logo.png"), BINARY);

        assertEquals(List.of(), changes());
        apply();
        assertTrue(Files.exists(root.resolve("deploy/local/prod/README.md")));
        assertTrue(Files.exists(root.resolve("deploy/local/prod/.databricks/state.json")));
        assertArrayEquals(BINARY, Files.readAllBytes(root.resolve("deploy/local/prod/logo.png")));
    }

    @Test
    void ignoresListEntriesOutsideTheFolder() throws IOException {
        writeFile(LIST, "../../../conf/project.yml\n");

        apply();

        assertTrue(Files.exists(root.resolve("conf/project.yml")));
    }

    @Test
    void reportsTheLinesThatDiffer() throws IOException {
        apply();
        Path script = root.resolve(HOURLY);
        String generated = Files.readString(script);
        List<String> lines = new ArrayList<>(generated.lines().toList());
        String first = lines.set(1, "by hand");
        lines.add(2, "one more");
        String last = lines.remove(lines.size() - 1);
        Files.writeString(script, String.join("\n", lines) + "\n");

        List<Change> changes = files().changes();

        assertEquals(
                List.of(
                        new Change.Difference("line 2", "by hand", first),
                        new Change.Difference("line 3", "one more", ""),
                        new Change.Difference("line " + (lines.size() + 1), "", last.strip())),
                changes.get(0).differences());
    }

    @Test
    void rewritesADamagedFile() throws IOException {
        apply();
        Files.write(root.resolve(HOURLY), BINARY);

        assertEquals(List.of("update file " + HOURLY), changes());
        apply();
        assertEquals(List.of(), changes());
    }

    private List<String> changes() throws IOException {
        return files().changes().stream()
                .map((Change change) -> change.kind().word() + " " + change.what())
                .toList();
    }

    /** Applies all changes. */
    private void apply() throws IOException {
        DeployFiles files = files();
        files.apply(files.changes());
    }

    private DeployFiles files() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        Project project = new ProjectReader(root, Map.of(), diagnostics)
                .read("prod", Map.of(), new RunValues("any", LocalDate.EPOCH, Instant.EPOCH))
                .orElseThrow();
        LogicalPlan plan =
                ProjectPlanner.of(project, ComponentCatalog.load(getClass().getClassLoader()), diagnostics);
        return new DeployFiles(
                new DeployReader(diagnostics)
                        .read(plan, "local", "ingot-job.jar", "shop-1.zip")
                        .orElseThrow(() -> new AssertionError(diagnostics.all())),
                diagnostics);
    }

    private void pipeline(String name, String schedule) throws IOException {
        writeFile("pipelines/" + name + ".yml", "name: " + name + "\n" + schedule + """
                source: {rows: [{id: 1}]}
                target: {layer: bronze, mode: append}
                """);
    }

    private void writeFile(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
