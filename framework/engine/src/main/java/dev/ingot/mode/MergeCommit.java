package dev.ingot.mode;

import dev.ingot.component.BatchCommit;
import io.delta.tables.DeltaMergeBuilder;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a MERGE with the metadata of its commit, which Delta takes from the session's settings. Its source lies in files
 * that nobody changes, so Delta need not keep a copy of it for the second time that it reads it.
 */
final class MergeCommit {

    private static final String KEPT = "spark.databricks.delta.merge.materializeSource";

    private MergeCommit() {}

    static void execute(SparkSession spark, DeltaMergeBuilder merge, BatchCommit commit) {
        Map<String, String> settings = new HashMap<>(commit.sessionSettings());
        settings.put(KEPT, "none");
        settings.forEach(spark.conf()::set);
        try {
            merge.execute();
        } finally {
            settings.keySet().forEach(spark.conf()::unset);
        }
    }
}
