package dev.ingot.cli;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.Address;
import dev.ingot.release.ReleaseReader;
import dev.ingot.run.RemoteRelease;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Resolves a project's address to a folder: the folder itself, or where a release was unpacked. A release may be a file
 * on this machine (a Databricks volume or workspace path is a folder there) or on any storage that Hadoop reads.
 */
final class ProjectFolder {

    private ProjectFolder() {}

    /**
     * Returns the folder with the project's files.
     *
     * @throws IngotException when a release does not exist, cannot be read, or is damaged
     */
    static Path of(String address) {
        if (!address.endsWith(".zip")) {
            return Path.of(address);
        }
        if (Address.hasScheme(address)) {
            return remote(address);
        }
        try (InputStream file = Files.newInputStream(Path.of(address))) {
            return ReleaseReader.unpack(file, address);
        } catch (NoSuchFileException missing) {
            throw ReleaseReader.missing(address);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path remote(String address) {
        try {
            return RemoteRelease.unpack(address);
        } catch (NoClassDefFoundError withoutHadoop) {
            throw new IngotException(Diagnostic.error(
                    Code.CONF_RELEASE,
                    SourceSpan.of("--project"),
                    "Cannot read the release: only commands that start Spark can read " + address,
                    "Copy it to this machine and pass the path of the copy."));
        }
    }
}
