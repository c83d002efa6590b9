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

/** Reads a release from any storage that Hadoop supports. */
public final class RemoteRelease {

    private RemoteRelease() {}

    /**
     * Unpacks a release into a temporary folder, which is deleted when the process ends.
     *
     * @param address the address of the release's file, with a scheme
     * @throws IngotException when it does not exist, cannot be read, or is damaged
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

    /** Returns Hadoop's settings: those of the running Spark, else those that the application was submitted with. */
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
