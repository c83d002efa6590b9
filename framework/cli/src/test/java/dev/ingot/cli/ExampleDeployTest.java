package dev.ingot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.config.Project;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.deploy.Declared;
import dev.ingot.deploy.DeployReader;
import dev.ingot.deploy.Platforms;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.Planning;
import dev.ingot.release.IngotVersion;
import dev.ingot.release.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files below {@code deploy} are those that the example project gives today. */
class ExampleDeployTest {

    private static final Path HOME = Path.of("").toAbsolutePath().getParent().getParent();
    private static final String JAR = "ingot-job_2.12-" + IngotVersion.ofThisBuild() + ".jar";

    static Stream<String> platforms() {
        return Platforms.byName().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void theFilesOfThePlatformAreCurrent(String platform) throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        Project project = new ProjectReader(HOME, Map.of(), diagnostics)
                .read("prod", Map.of(), new RunValues("any", LocalDate.EPOCH, Instant.EPOCH))
                .orElseThrow(() -> new AssertionError(diagnostics.all()));
        LogicalPlan plan = Planning.of(project, ComponentCatalog.load(getClass().getClassLoader()), diagnostics);
        diagnostics.throwIfErrors();
        Declared<?> declared = new DeployReader(diagnostics)
                .read(plan, platform, JAR, Release.of(project.name(), HOME).fileName())
                .orElseThrow(() -> new AssertionError(diagnostics.all()));

        assertEquals(
                List.of(),
                new DeployFiles(declared, diagnostics).changes(),
                "write them with: ./ingot deploy " + platform + " --env prod --files-only");
    }
}
