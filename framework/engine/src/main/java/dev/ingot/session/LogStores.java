package dev.ingot.session;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.state.Lake;
import dev.ingot.state.LocalLogStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Checks that Spark's log store is safe for the lake's storage: of two processes that commit at once, only one may
 * succeed. Delta chooses the log store by the scheme of the table's path
 * ({@code org.apache.spark.sql.delta.storage.LogStore} and its documentation, "Storage configuration"), and its choice
 * is safe for every storage but a local disk. Settings can override it; {@code spark.delta.logStore.class} applies to
 * all schemes without a setting of their own.
 */
public final class LogStores {

    static final String LOCAL_SETTING = "spark.delta.logStore.file.impl";

    /** {@link LocalLogStore}, by name: code that only writes settings runs without Delta and cannot load the class. */
    static final String LOCAL_CLASS = "dev.ingot.state.LocalLogStore";

    private static final String ALL_SCHEMES = "spark.delta.logStore.class";

    /** The schemes that each log store of Delta and Ingot is safe for, by the suffix of its class name. */
    private static final Map<String, List<String>> SAFE_SCHEMES = Map.of(
            ".LocalLogStore", List.of("file"),
            ".HDFSLogStore", List.of("hdfs", "viewfs"),
            ".S3SingleDriverLogStore", List.of("s3", "s3a", "s3n"),
            ".S3DynamoDBLogStore", List.of("s3", "s3a", "s3n"),
            ".AzureLogStore", List.of("abfs", "abfss", "wasb", "wasbs", "adl"));

    private LogStores() {}

    /**
     * Refuses a lake whose commits would use a log store for other storage. A custom log store is accepted, because its
     * guarantees are unknown; so is any log store on a scheme that has none in {@code SAFE_SCHEMES}.
     *
     * @throws IngotException with the lake and the setting to change
     */
    public static void check(SparkSession spark, Lake lake) {
        String scheme = lake.scheme();
        String setting = "spark.delta.logStore." + scheme + ".impl";
        Optional<String> configured = setting(spark, setting).or(() -> setting(spark, ALL_SCHEMES));
        if (scheme.equals("file") && !configured.equals(Optional.of(LOCAL_CLASS))) {
            throw refusal(
                    lake,
                    "Cannot write to a local lake: Spark was started without a log store that is safe for concurrent"
                            + " processes",
                    "Start Spark with --conf " + LOCAL_SETTING + "=" + LOCAL_CLASS);
        }
        if (scheme.equals("gs")) {
            throw refusal(
                    lake,
                    "Cannot write to a lake on 'gs': it is untested whether concurrent creation of a file is atomic"
                            + " there",
                    "Use a lake on a local disk, HDFS, S3 or Azure.");
        }
        boolean known = SAFE_SCHEMES.values().stream().anyMatch(schemes -> schemes.contains(scheme));
        configured.filter(store -> known && isForOtherStorage(store, scheme)).ifPresent(store -> {
            throw refusal(
                    lake,
                    "Cannot write to a lake on '" + scheme + "': Spark was started with the log store " + store
                            + ", which is not safe for this storage",
                    "Start Spark without " + setting + " and " + ALL_SCHEMES
                            + ": Delta chooses the right log store by default.");
        });
    }

    private static boolean isForOtherStorage(String store, String scheme) {
        return SAFE_SCHEMES.entrySet().stream()
                .anyMatch(entry ->
                        store.endsWith(entry.getKey()) && !entry.getValue().contains(scheme));
    }

    private static Optional<String> setting(SparkSession spark, String name) {
        return Stream.of(spark.conf().get(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static IngotException refusal(Lake lake, String summary, String remedy) {
        return new IngotException(Diagnostic.error(Code.ENV_LOG_STORE, SourceSpan.of(lake.root()), summary, remedy));
    }
}
