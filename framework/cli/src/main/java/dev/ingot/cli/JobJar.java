package dev.ingot.cli;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The one jar that a platform runs, as the build leaves it beside this program's own. */
final class JobJar {

    private static final String NAME = "ingot-job_.*\\.jar";

    private JobJar() {}

    /**
     * Where it lies on this machine.
     *
     * @throws IngotException when the build did not make it
     */
    static Path find() {
        Path folder = folder();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.getFileName().toString().matches(NAME))
                    .sorted()
                    .toList();
            if (jars.size() == 1) {
                return jars.get(0);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        throw new IngotException(Diagnostic.error(
                Code.CONF_RELEASE,
                SourceSpan.of(folder.toString()),
                "Cannot find the job jar: the build left none there",
                "Build it with: mvn -pl framework/cli -am package"));
    }

    private static Path folder() {
        try {
            Path own = Path.of(JobJar.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return own.getParent();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
