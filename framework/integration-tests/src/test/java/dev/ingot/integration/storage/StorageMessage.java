package dev.ingot.integration.storage;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.run.failure.StorageFailures;
import dev.ingot.session.StorageDefaults;
import dev.ingot.state.LakeFiles;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Produces the message for a failed access to a storage: lists a folder and creates a file in it, as a run does at its
 * start, with the settings of an environment.
 */
final class StorageMessage {

    private StorageMessage() {}

    static String of(String folder, Map<String, String> spark) {
        Map<String, String> settings = new TreeMap<>(StorageDefaults.SETTINGS);
        settings.putAll(spark);
        Configuration hadoop = new Configuration();
        settings.forEach((name, value) -> hadoop.set(name.substring("spark.hadoop.".length()), value));
        LakeFiles files = new LakeFiles(hadoop);
        Exception failure = assertThrows(Exception.class, () -> {
            files.list(folder);
            files.create(folder + "/a.json", "a");
        });
        return StorageFailures.explain(failure, SourceSpan.of("lake"))
                .map(diagnostic -> diagnostic.render())
                .orElseGet(failure::toString);
    }
}
