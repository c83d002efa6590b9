package dev.ingot.session;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Applies the settings on which every pipeline's result depends. A new session does not inherit the settings of its
 * parent, so all are set on each session, and read back.
 */
public final class SessionSettings {

    /** Application settings that enable Delta; they cannot be changed once the application runs. */
    public static final Map<String, String> APPLICATION = Map.of(
            "spark.sql.extensions",
            "io.delta.sql.DeltaSparkSessionExtension",
            "spark.sql.catalog.spark_catalog",
            "org.apache.spark.sql.delta.catalog.DeltaCatalog",
            LogStores.LOCAL_SETTING,
            LogStores.LOCAL_CLASS);

    private static final Map<String, String> SESSION = session();

    private SessionSettings() {}

    /** Creates a session for one pipeline, so that nothing leaks between pipelines. */
    public static SparkSession newSession(SparkSession spark) {
        SparkSession session = spark.newSession();
        SESSION.forEach((name, value) -> {
            session.conf().set(name, value);
            if (!value.equals(session.conf().get(name))) {
                throw new IngotException(Diagnostic.error(
                        Code.ENV_SPARK,
                        SourceSpan.of("spark"),
                        "Cannot set " + name + " to " + value + ": this Spark keeps the value "
                                + session.conf().get(name),
                        "Ask the administrator of this Spark to allow the setting."));
            }
        });
        return session;
    }

    private static Map<String, String> session() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spark.sql.session.timeZone", "UTC");
        settings.put("spark.sql.ansi.enabled", "true");
        settings.put("spark.sql.storeAssignmentPolicy", "ANSI");
        settings.put("spark.sql.caseSensitive", "false");
        settings.put("spark.sql.variable.substitute", "false");
        settings.put("spark.sql.csv.parser.columnPruning.enabled", "false");
        settings.put("spark.databricks.delta.schema.autoMerge.enabled", "false");
        settings.put("spark.sql.sources.partitionOverwriteMode", "static");
        settings.put("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");
        settings.put("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED");
        settings.put("spark.sql.parquet.int96RebaseModeInWrite", "CORRECTED");
        settings.put("spark.sql.parquet.int96RebaseModeInRead", "CORRECTED");
        return Collections.unmodifiableMap(settings);
    }
}
