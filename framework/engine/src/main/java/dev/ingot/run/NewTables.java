package dev.ingot.run;

import dev.ingot.delta.DeltaTables;
import dev.ingot.options.ColumnName;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.spec.TargetWords;
import dev.ingot.state.Lake;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Creates tables: by a commit of its own without rows, to which a first run can be rolled back. */
final class NewTables {

    private NewTables() {}

    static void create(SparkSession spark, Lake lake, PipelinePlan plan, StructType schema) {
        TargetWords words = plan.pipeline().target().words();
        DeltaTables.create(
                spark,
                lake.table(plan.id()),
                schema,
                ColumnName.names(words.partitionBy()),
                Map.of("delta.enableChangeDataFeed", Boolean.toString(words.changeFeed())));
    }
}
