package dev.ingot.integration.storage;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.run.failure.StorageFailures;
import dev.ingot.session.StorageDefaults;
import dev.ingot.state.LakeFiles;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** What a user is told when a folder cannot be listed, or else no file created in it, as a run begins, by the settings that an environment would give. */
final class Told {

    private Told() {}

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
                .map(told -> told.render())
                .orElseGet(failure::toString);
    }
}
