package dev.ingot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.config.Project;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.deploy.DeployReader;
import dev.ingot.deploy.DeploymentTarget;
import dev.ingot.deploy.Platforms;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.ProjectPlanner;
import dev.ingot.release.IngotVersion;
import dev.ingot.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the files below {@code deploy} are those generated from the example project. */
class ExampleDeployTest {

    private static final Path HOME = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Pattern JAR =
            Pattern.compile("ingot-job_2\\.12-" + Pattern.quote(IngotVersion.current()) + "-[0-9a-f]{12}\\.jar");

    static Stream<String> platforms() {
        return Platforms.byName().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void filesOfThePlatformAreCurrent(String platform) throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        Project project = new ProjectReader(HOME, Map.of(), diagnostics)
                .read("prod", Map.of(), new RunValues("any", LocalDate.EPOCH, Instant.EPOCH))
                .orElseThrow(() -> new AssertionError(diagnostics.all()));
        LogicalPlan plan =
                ProjectPlanner.of(project, ComponentCatalog.load(getClass().getClassLoader()), diagnostics);
        diagnostics.throwIfErrors();
        DeploymentTarget<?> declared = new DeployReader(diagnostics)
                .read(
                        plan,
                        platform,
                        jar(platform),
                        Release.of(project.name(), HOME).fileName())
                .orElseThrow(() -> new AssertionError(diagnostics.all()));

        assertEquals(
                List.of(),
                new DeployFiles(declared, diagnostics).changes(),
                "write them with: ./ingot deploy " + platform + " --env prod --files-only");
    }

    /** Returns the jar that the files name: that of the build that wrote them, which they keep after later builds. */
    private static String jar(String platform) throws IOException {
        try (Stream<Path> all = Files.walk(HOME.resolve("deploy").resolve(platform))) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                Matcher matcher = JAR.matcher(Files.readString(file));
                if (matcher.find()) {
                    return matcher.group();
                }
            }
        }
        return "not-named.jar";
    }
}
