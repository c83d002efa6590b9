package dev.ingot.run;

import dev.ingot.config.SparkSettings;
import dev.ingot.delta.HadoopSettings;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.release.ReleaseReader;
import dev.ingot.run.failure.Failures;
import dev.ingot.session.SparkSessions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** A release on any storage that Hadoop reads. */
public final class RemoteRelease {

    private RemoteRelease() {}

    /**
     * Unpacks it into a temporary folder, which goes with the process.
     *
     * @param address of the release's file, with a scheme
     * @throws IngotException when it is not there, cannot be read, or is damaged
     */
    public static java.nio.file.Path unpack(String address) {
        Path path = new Path(address);
        try (InputStream file = path.getFileSystem(settings()).open(path)) {
            return ReleaseReader.unpack(file, address);
        } catch (FileNotFoundException missing) {
            throw ReleaseReader.missing(address);
        } catch (IOException | RuntimeException failed) {
            throw new IngotException(
                    Failures.explain(failed, SourceSpan.of(address)).get(0), failed);
        }
    }

    /** Hadoop's: those of the Spark that is there, else those that the application was submitted with. */
    private static Configuration settings() {
        if (SparkSessions.isRunning()) {
            return HadoopSettings.of(SparkSession.active());
        }
        Configuration hadoop = new Configuration();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(SparkSettings.HADOOP))
                .forEach(name -> hadoop.set(name.substring(SparkSettings.HADOOP.length()), System.getProperty(name)));
        return hadoop;
    }
}
