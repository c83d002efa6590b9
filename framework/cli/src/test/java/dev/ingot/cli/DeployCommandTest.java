package dev.ingot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.deploy.Change;
import dev.ingot.deploy.Change.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployCommandTest {

    private static final String FOLDER = "deploy/databricks/prod/";
    private static final String HOURLY = FOLDER + "resources/shop_bronze_hourly.job.yml";
    private static final String JAR = "ingot-job_2.12-0.1.0-fc8bd814a305.jar";

    private static final Change NEW = new Change(Kind.CREATE, "job shop-prod", List.of());
    private static final Change OLD = new Change(Kind.DELETE, "job old-prod", List.of());

    @TempDir
    private Path root;

    private FakeTarget target;

    @BeforeEach
    void project() throws IOException {
        target = new FakeTarget(root);
        target.changes.addAll(List.of(NEW, OLD));
    }

    private FakeTarget.Ended deploy(String... options) {
        return target.run(DeployCommand::new, options);
    }

    private boolean exists(String file) {
        return Files.exists(root.resolve(file));
    }

    @Test
    void dryRunShowsAllChangesAndAppliesNone() {
        FakeTarget.Ended ended = deploy("--dry-run", "--allow-delete");

        assertEquals("""
                create file %1$s.ingot-files
                create file %1$sdatabricks.yml
                create file %1$sresources/shop.job.yml
                create file %2$s
                create job shop-prod
                delete job old-prod
                Plan: 5 to create, 0 to update, 1 to delete
                """.formatted(FOLDER, HOURLY), ended.out());
        assertEquals("Nothing was changed: this is a dry run.\n", ended.err());
        assertEquals(0, ended.code());
        assertEquals(List.of(), target.applied);
        assertFalse(exists("deploy"));
    }

    @Test
    void keepsAnObsoleteJobUnlessDeletionIsAllowed() {
        FakeTarget.Ended ended = deploy();

        assertEquals(List.of(NEW), target.applied);
        assertEquals(
                "kept job old-prod: the project no longer declares it, and its schedule, if it has one, stays active;"
                        + " --allow-delete deletes it\n",
                ended.err());
        target.applied.clear();

        ended = deploy("--allow-delete");

        assertEquals(List.of(NEW, OLD), target.applied);
        assertEquals("", ended.err());
    }

    @Test
    void keepsAnObsoleteFileUnlessDeletionIsAllowed() throws IOException {
        target.changes.clear();
        deploy();
        target.pipeline("hourly", "");

        FakeTarget.Ended ended = deploy();

        assertEquals(
                "kept file " + HOURLY
                        + ": the project no longer declares it, and its schedule, if it has one, stays active;"
                        + " --allow-delete deletes it\n",
                ended.err());
        assertTrue(exists(HOURLY));
        assertEquals(
                "delete file " + HOURLY + "\nPlan: 0 to create, 0 to update, 1 to delete\n",
                deploy("--dry-run").out());

        deploy("--allow-delete");

        assertFalse(exists(HOURLY));
        assertEquals(
                "Plan: 0 to create, 0 to update, 0 to delete\n",
                deploy("--dry-run").out());
    }

    @Test
    void filesOnlyDoesNotConnectAndNamesTheNeededArtifacts() {
        FakeTarget.Ended ended = deploy("--files-only", "--allow-delete");

        assertEquals(0, target.connections);
        assertTrue(exists(HOURLY));
        assertTrue(
                ended.err()
                        .matches(
                                "The jobs run shop-[0-9a-f]{12}\\.zip with " + JAR
                                        + ": 'ingot package --env prod --to DIR' creates both; copy them to the paths in the files\\.\n"),
                ended.err());
    }

    @Test
    void filesNameTheJarByItsHash() throws IOException {
        deploy();
        assertTrue(Files.readString(root.resolve(HOURLY)).contains("jar: /Volumes/main/ops/ingot/" + JAR));

        target.write("target/ingot-job_2.12-0.1.0.jar", "another jar");
        deploy();

        assertFalse(Files.readString(root.resolve(HOURLY)).contains(JAR));
    }
}
