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

    private static final String BELOW = "deploy/databricks/prod/";
    private static final String HOURLY = BELOW + "resources/shop_bronze_hourly.job.yml";
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

    private boolean isThere(String file) {
        return Files.exists(root.resolve(file));
    }

    @Test
    void aDryRunTellsEverythingAndChangesNothing() {
        FakeTarget.Ended ended = deploy("--dry-run", "--allow-delete");

        assertEquals("""
                create file %1$s.ingot-files
                create file %1$sdatabricks.yml
                create file %1$sresources/shop.job.yml
                create file %2$s
                create job shop-prod
                delete job old-prod
                Plan: 5 to create, 0 to update, 1 to delete
                """.formatted(BELOW, HOURLY), ended.out());
        assertEquals("Nothing was changed, for this is a dry run.\n", ended.err());
        assertEquals(0, ended.code());
        assertEquals(List.of(), target.applied);
        assertFalse(isThere("deploy"));
    }

    @Test
    void aJobThatIsDeclaredNoMoreIsKeptUnlessDeletionIsAllowed() {
        FakeTarget.Ended ended = deploy();

        assertEquals(List.of(NEW), target.applied);
        assertEquals(
                "kept job old-prod: the project no longer declares it, and a schedule that it has goes on;"
                        + " --allow-delete deletes it\n",
                ended.err());
        target.applied.clear();

        ended = deploy("--allow-delete");

        assertEquals(List.of(NEW, OLD), target.applied);
        assertEquals("", ended.err());
    }

    @Test
    void aFileWhoseAbsenceWouldDeleteAJobIsKeptUnlessDeletionIsAllowed() throws IOException {
        target.changes.clear();
        deploy();
        target.pipeline("hourly", "");

        FakeTarget.Ended ended = deploy();

        assertEquals(
                "kept file " + HOURLY + ": the project no longer declares it, and a schedule that it has goes on;"
                        + " --allow-delete deletes it\n",
                ended.err());
        assertTrue(isThere(HOURLY));
        assertEquals(
                "delete file " + HOURLY + "\nPlan: 0 to create, 0 to update, 1 to delete\n",
                deploy("--dry-run").out());

        deploy("--allow-delete");

        assertFalse(isThere(HOURLY));
        assertEquals(
                "Plan: 0 to create, 0 to update, 0 to delete\n",
                deploy("--dry-run").out());
    }

    @Test
    void filesOnlyLeavesThePlatformAloneAndSaysWhatItWillNeed() {
        FakeTarget.Ended ended = deploy("--files-only", "--allow-delete");

        assertEquals(0, target.asked);
        assertTrue(isThere(HOURLY));
        assertTrue(
                ended.err()
                        .matches(
                                "The jobs run shop-[0-9a-f]{12}\\.zip by " + JAR
                                        + ": 'ingot package --env prod --to DIR' makes both; put them where the files say\\.\n"),
                ended.err());
    }

    @Test
    void theFilesNameTheJarByItsContent() throws IOException {
        deploy();
        assertTrue(Files.readString(root.resolve(HOURLY)).contains("jar: /Volumes/main/ops/ingot/" + JAR));

        target.write("target/ingot-job_2.12-0.1.0.jar", "another jar");
        deploy();

        assertFalse(Files.readString(root.resolve(HOURLY)).contains(JAR));
    }
}
