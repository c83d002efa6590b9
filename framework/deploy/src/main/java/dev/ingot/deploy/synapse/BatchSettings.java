package dev.ingot.deploy.synapse;

import dev.ingot.config.Project;
import dev.ingot.config.SparkSettings;
import dev.ingot.deploy.SecretSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds the Spark settings of a batch: presets that a pool may not have, overridden by those of the environment. */
final class BatchSettings {

    /**
     * Delta's extensions, as in Ingot's own sessions (repeated here, because this module runs without Spark), and a
     * fixed number of executors, as declared.
     */
    private static final Map<String, String> PRESETS = Map.of(
            "spark.dynamicAllocation.enabled",
            "false",
            "spark.sql.extensions",
            "io.delta.sql.DeltaSparkSessionExtension",
            "spark.sql.catalog.spark_catalog",
            "org.apache.spark.sql.delta.catalog.DeltaCatalog");

    private BatchSettings() {}

    static SortedMap<String, String> of(Project project) {
        SortedMap<String, String> settings = new TreeMap<>(PRESETS);
        settings.putAll(SparkSettings.of(project));
        return settings;
    }

    /** Reports settings that do not work on a pool, or may not be readable there. */
    static void check(Project project, Diagnostics diagnostics) {
        String file = "conf/env/" + project.environment() + ".yml";
        if (!AbfssUri.isAddress(project.lake())) {
            diagnostics.add(Diagnostic.error(
                    Code.DEPLOY_PLATFORM,
                    SourceSpan.of(file),
                    "Cannot deploy the lake '" + project.lake() + "' to Synapse: its pools reach ADLS Gen2 only",
                    "Use an address such as 'lake: abfss://lake@account.dfs.core.windows.net/sales'."));
        }
        if (project.spark().containsKey("spark.master")) {
            diagnostics.add(Diagnostic.error(
                    Code.DEPLOY_PLATFORM,
                    SourceSpan.of(file),
                    "Cannot deploy 'spark.master' to Synapse: the job would leave its pool",
                    "Remove it from 'spark:'; the pool determines which Spark runs the job."));
        }
        SecretSettings.warn(
                of(project).keySet(),
                project.environment(),
                "Synapse",
                "Read the storage through a linked service of the workspace, which needs no secret here, or add the job"
                        + " jar to the pool as a workspace package.",
                diagnostics);
    }
}
