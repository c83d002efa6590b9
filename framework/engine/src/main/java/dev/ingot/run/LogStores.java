package dev.ingot.run;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.state.Lake;
import dev.ingot.state.LocalLogStore;
import org.apache.spark.sql.SparkSession;

/** Sees to it that two processes which commit at once cannot both win. */
final class LogStores {

    static final String LOCAL_SETTING = "spark.delta.logStore.file.impl";

    /** {@link LocalLogStore}, by name: whoever only writes settings down has no Delta to load the class with. */
    static final String LOCAL_CLASS = "dev.ingot.state.LocalLogStore";

    private LogStores() {}

    /**
     * Refuses a local lake whose commits would go through Delta's own local log store, which several processes may not
     * share.
     */
    static void check(SparkSession spark, Lake lake) {
        boolean local = lake.root().startsWith("/") || lake.root().startsWith("file:");
        if (local && !LOCAL_CLASS.equals(spark.conf().get(LOCAL_SETTING, ""))) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_LOG_STORE,
                    SourceSpan.of(lake.root()),
                    "Cannot write to a local lake: Spark was started without a log store that is safe between processes",
                    "Start Spark with --conf " + LOCAL_SETTING + "=" + LOCAL_CLASS));
        }
    }
}
