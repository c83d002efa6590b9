package dev.ingot.run;

import dev.ingot.testkit.TemporaryLake;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps copies of a project at the stages that many tests of a class pass. The first test that reaches a stage takes its
 * steps; every other one continues with a copy of the project as it was then, lake included. Registered in a static field
 * with {@link org.junit.jupiter.api.extension.RegisterExtension}, which deletes the copies after the class.
 */
public final class ProjectStages implements AfterAllCallback {

    private record Stage(TemporaryLake folder, TestProject project) {}

    private final Map<String, Stage> stages = new HashMap<>();

    /**
     * Takes a project to a stage.
     *
     * @param project a project that no earlier stage than those of the steps was written to
     */
    public void reach(String name, TestProject project, Runnable steps) {
        Stage stage = stages.get(name);
        if (stage == null) {
            steps.run();
            TemporaryLake folder = TemporaryLake.create();
            stages.put(name, new Stage(folder, project.copyTo(folder)));
        } else {
            project.continueFrom(stage.project());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stages.values().forEach(stage -> stage.folder().close());
    }
}
