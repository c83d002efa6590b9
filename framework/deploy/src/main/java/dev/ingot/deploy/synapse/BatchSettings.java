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

/** The Spark settings of a batch: what a pool may lack or have otherwise, and over it what the environment says. */
final class BatchSettings {

    /**
     * Delta's part in Spark, as Ingot's own sessions are built with it (named here, because this module runs without
     * Spark), and as many executors as are declared.
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

    /** Reports what belongs to another place than a pool, or may not be read on it. */
    static void check(Project project, Diagnostics diagnostics) {
        String file = "conf/env/" + project.environment() + ".yml";
        if (!AbfssUri.isAddress(project.lake())) {
            diagnostics.add(Diagnostic.error(
                    Code.DEPLOY_PLATFORM,
                    SourceSpan.of(file),
                    "Cannot deploy the lake '" + project.lake() + "' to Synapse: its pools reach ADLS Gen2 only",
                    "Say an address such as 'lake: abfss://lake@account.dfs.core.windows.net/sales'."));
        }
        if (project.spark().containsKey("spark.master")) {
            diagnostics.add(Diagnostic.error(
                    Code.DEPLOY_PLATFORM,
                    SourceSpan.of(file),
                    "Cannot deploy 'spark.master' to Synapse: the job would leave its pool",
                    "Remove it from 'spark:'; the pool says which Spark runs the job."));
        }
        SecretSettings.warn(
                of(project).keySet(),
                project.environment(),
                "Synapse",
                "Let the storage be read through a linked service of the workspace, which needs no secret here, or add the"
                        + " job jar to the pool as a workspace package.",
                diagnostics);
    }
}
