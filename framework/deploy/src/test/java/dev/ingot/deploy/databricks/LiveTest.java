package dev.ingot.deploy.databricks;

import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.utils.Timer;
import dev.ingot.deploy.Artifacts;
import dev.ingot.deploy.Change;
import dev.ingot.deploy.DeploymentTarget;
import dev.ingot.deploy.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The fixture of tests against a workspace: a fake workspace, a project, and its files. */
abstract class LiveTest {

    /** The pauses before the SDK's retries, in milliseconds. */
    final List<Long> waits = new ArrayList<>();

    String authType = "pat";
    FakeDatabricks databricks;
    SampleProject project;
    Artifacts artifacts;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        databricks = new FakeDatabricks();
        databricks.script.add(FakeRun.status("QUEUED", ""));
        databricks.script.add(FakeRun.status("RUNNING", ""));
        databricks.script.add(FakeRun.status("TERMINATED", "SUCCESS"));
        project = new SampleProject(folder.resolve("shop"));
        artifacts = new Artifacts(folder.resolve("job.jar"), folder.resolve("release.zip"));
        Files.writeString(artifacts.jar(), "a jar");
        Files.writeString(artifacts.release(), "a release");
    }

    @AfterEach
    void stop() {
        databricks.close();
    }

    Workspace workspace() {
        DeploymentTarget<Databricks.Options> target = project.declared();
        DatabricksConfig config = new DatabricksConfig()
                .setHost(databricks.host())
                .setToken(FakeDatabricks.TOKEN)
                .setAuthType(authType);
        Timer timer = new Timer() {
            @Override
            public void sleep(long milliseconds) {
                waits.add(milliseconds);
            }

            @Override
            public long getCurrentTime() {
                return System.currentTimeMillis();
            }
        };
        return new DatabricksWorkspace(
                JobsApi.of(config, timer), databricks.host(), target.deployment(), target.options(), artifacts);
    }

    /** Applies all changes and returns them. */
    List<Change> deploy() {
        try (Workspace workspace = workspace()) {
            List<Change> changes = workspace.changes();
            workspace.apply(changes);
            return changes;
        }
    }
}
