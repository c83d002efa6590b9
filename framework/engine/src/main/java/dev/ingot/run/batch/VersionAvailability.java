package dev.ingot.run.batch;

import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.HadoopSettings;
import dev.ingot.run.schema.TableDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Checks whether an old version of a table can still be read. */
public final class VersionAvailability {

    private VersionAvailability() {}

    /** Returns why a version cannot be read; empty when it can. Files of the current version are not checked. */
    public static Optional<String> missing(SparkSession spark, String location, long version) {
        Set<String> files;
        try {
            files = new TreeSet<>(
                    Arrays.asList(DeltaTables.at(spark, location, version).inputFiles()));
        } catch (Exception gone) {
            return Optional.of("the log no longer has that version");
        }
        Arrays.asList(DeltaTables.current(spark, location).inputFiles()).forEach(files::remove);
        Configuration hadoop = HadoopSettings.of(spark);
        return files.stream()
                .filter(file -> !exists(file, hadoop))
                .findFirst()
                .map(file -> "its file " + file + " was removed, perhaps by VACUUM")
                .or(() -> missingDeletionVectors(spark, location, version));
    }

    /** Reads the version to check its deletion vectors, because no public interface names their files. */
    private static Optional<String> missingDeletionVectors(SparkSession spark, String location, long version) {
        if (!"true".equals(DeltaTables.properties(spark, location).get(TableDefinition.DELETION_VECTORS))) {
            return Optional.empty();
        }
        try {
            DeltaTables.at(spark, location, version)
                    .select(functions.input_file_name())
                    .distinct()
                    .count();
            return Optional.empty();
        } catch (Exception gone) {
            return Optional.of("one of its deletion vectors was removed, perhaps by VACUUM");
        }
    }

    private static boolean exists(String file, Configuration hadoop) {
        Path path = new Path(URI.create(file));
        try {
            return path.getFileSystem(hadoop).exists(path);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot check for " + file, failed);
        }
    }
}
