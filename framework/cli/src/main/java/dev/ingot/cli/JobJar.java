package dev.ingot.cli;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The job jar that a platform runs; the build puts it beside the jar of this program.
 *
 * @param file its path on this machine
 */
record JobJar(Path file) {

    private static final String NAME = "ingot-job_.*\\.jar";
    private static final int HASH_DIGITS = 12;

    JobJar {
        Objects.requireNonNull(file, "file");
    }

    /**
     * Finds the job jar of this build.
     *
     * @throws IngotException when the build has not created it
     */
    static JobJar find() {
        Path folder = folder();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.getFileName().toString().matches(NAME))
                    .sorted()
                    .toList();
            if (jars.size() == 1) {
                return new JobJar(jars.get(0));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        throw new IngotException(Diagnostic.error(
                Code.CONF_RELEASE,
                SourceSpan.of(folder.toString()),
                "Cannot find the job jar: the build has not created it there",
                "Build it with: mvn -pl framework/cli -am package"));
    }

    /**
     * Returns its name on platforms. The name holds a hash of the content, so that a job keeps its jar when the jar of
     * another build is uploaded beside it.
     */
    String name() {
        try {
            String hash = Sha256.of(Files.readAllBytes(file)).substring(0, HASH_DIGITS);
            return file.getFileName().toString().replaceFirst("\\.jar$", "-" + hash + ".jar");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
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
