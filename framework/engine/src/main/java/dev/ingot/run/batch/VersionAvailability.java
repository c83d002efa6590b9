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

/** Whether an old version of a table can still be read. */
public final class VersionAvailability {

    private VersionAvailability() {}

    /** Why it cannot; empty when it can. Only files are looked for that the table has not kept until now. */
    public static Optional<String> missing(SparkSession spark, String location, long version) {
        Set<String> files;
        try {
            files = new TreeSet<>(
                    Arrays.asList(DeltaTables.at(spark, location, version).inputFiles()));
        } catch (Exception gone) {
            return Optional.of("the log no longer knows that version");
        }
        Arrays.asList(DeltaTables.current(spark, location).inputFiles()).forEach(files::remove);
        Configuration hadoop = HadoopSettings.of(spark);
        return files.stream()
                .filter(file -> !exists(file, hadoop))
                .findFirst()
                .map(file -> "its file " + file + " was removed, by VACUUM perhaps")
                .or(() -> missingMarks(spark, location, version));
    }

    /** Which rows of a file are deleted stands in other files, whose names no public interface tells. */
    private static Optional<String> missingMarks(SparkSession spark, String location, long version) {
        if (!"true".equals(DeltaTables.properties(spark, location).get(TableDefinition.MARKS))) {
            return Optional.empty();
        }
        try {
            DeltaTables.at(spark, location, version)
                    .select(functions.input_file_name())
                    .distinct()
                    .count();
            return Optional.empty();
        } catch (Exception gone) {
            return Optional.of("what says which rows of its files are deleted was removed, by VACUUM perhaps");
        }
    }

    private static boolean exists(String file, Configuration hadoop) {
        Path path = new Path(URI.create(file));
        try {
            return path.getFileSystem(hadoop).exists(path);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot look for " + file, failed);
        }
    }
}
