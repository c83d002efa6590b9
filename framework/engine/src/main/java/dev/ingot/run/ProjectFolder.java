package dev.ingot.run;

import dev.ingot.config.SparkSettings;
import dev.ingot.delta.HadoopSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.release.ReleaseReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * The folder of a project that is named by an address: a release on any storage that Hadoop reads, a Databricks volume or
 * workspace path included (those are folders of the machine there), unpacked for this process.
 */
public final class ProjectFolder {

    private ProjectFolder() {}

    /**
     * Unpacks a release into a temporary folder, which goes with the process.
     *
     * @param address of a release's file
     * @throws IngotException when it is not there, cannot be read, or is damaged
     */
    public static Path unpack(String address) {
        try (InputStream file = open(address)) {
            Path folder = Files.createTempDirectory("ingot-release-").toRealPath();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            ReleaseReader.unpack(file, address, folder);
            return folder;
        } catch (FileNotFoundException | NoSuchFileException missing) {
            throw new IngotException(Diagnostic.error(
                    Code.CONF_RELEASE,
                    SourceSpan.of("--project"),
                    "Cannot read the release: there is no file " + address,
                    "'ingot package' makes a release; copy it there, or name the place where it is."));
        } catch (IOException | RuntimeException failed) {
            throw new IngotException(
                    Failures.explain(failed, SourceSpan.of(address)).get(0), failed);
        }
    }

    private static InputStream open(String address) throws IOException {
        if (!address.matches("[a-zA-Z][a-zA-Z0-9+.-]*:/.*")) {
            return Files.newInputStream(Path.of(address));
        }
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(address);
        return path.getFileSystem(submitted()).open(path);
    }

    /** Hadoop's settings: those of the Spark that is there, else those that the application was submitted with. */
    private static Configuration submitted() {
        if (SparkSessions.isRunning()) {
            return HadoopSettings.of(SparkSession.active());
        }
        Configuration hadoop = new Configuration();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(SparkSettings.HADOOP))
                .forEach(name -> hadoop.set(name.substring(SparkSettings.HADOOP.length()), System.getProperty(name)));
        return hadoop;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException stays) {
            // A temporary file that stays does no harm; the process is ending.
        }
    }
}
