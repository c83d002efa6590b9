package dev.ingot.mode;

import dev.ingot.component.BatchCommit;
import io.delta.tables.DeltaMergeBuilder;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a MERGE with its commit metadata, which Delta reads from the session settings. The source is in files that never
 * change, so Delta need not materialize it before it reads it a second time.
 */
final class MergeCommit {

    private static final String MATERIALIZE_SOURCE = "spark.databricks.delta.merge.materializeSource";

    private MergeCommit() {}

    static void execute(SparkSession spark, DeltaMergeBuilder merge, BatchCommit commit) {
        Map<String, String> settings = new HashMap<>(commit.sessionSettings());
        settings.put(MATERIALIZE_SOURCE, "none");
        settings.forEach(spark.conf()::set);
        try {
            merge.execute();
        } finally {
            settings.keySet().forEach(spark.conf()::unset);
        }
    }
}
