package dev.ingot.target;

import dev.ingot.component.Commit;
import io.delta.tables.DeltaMergeBuilder;
import org.apache.spark.sql.SparkSession;

/** Runs a MERGE with the metadata of its commit, which Delta takes from the session's settings. */
final class MergeCommit {

    private MergeCommit() {}

    static void execute(SparkSession spark, DeltaMergeBuilder merge, Commit commit) {
        commit.sessionSettings().forEach(spark.conf()::set);
        try {
            merge.execute();
        } finally {
            commit.sessionSettings().keySet().forEach(spark.conf()::unset);
        }
    }
}
