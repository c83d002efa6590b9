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
 * Sees to it that two processes which commit at once cannot both win. Delta chooses the store of its log by the scheme
 * of the table's address ({@code org.apache.spark.sql.delta.storage.LogStore} and its documentation, "Storage
 * configuration"), and chooses well for every storage but a local disk. Settings may choose another one; that of
 * {@code spark.delta.logStore.class} counts for all schemes that have none of their own.
 */
public final class LogStores {

    static final String LOCAL_SETTING = "spark.delta.logStore.file.impl";

    /** {@link LocalLogStore}, by name: whoever only writes settings down has no Delta to load the class with. */
    static final String LOCAL_CLASS = "dev.ingot.state.LocalLogStore";

    private static final String ALL_SCHEMES = "spark.delta.logStore.class";

    /** The stores that come with Delta and Ingot, by the end of the class's name, and the schemes that each is made for. */
    private static final Map<String, List<String>> MADE_FOR = Map.of(
            ".LocalLogStore", List.of("file"),
            ".HDFSLogStore", List.of("hdfs", "viewfs"),
            ".S3SingleDriverLogStore", List.of("s3", "s3a", "s3n"),
            ".S3DynamoDBLogStore", List.of("s3", "s3a", "s3n"),
            ".AzureLogStore", List.of("abfs", "abfss", "wasb", "wasbs", "adl"));

    private LogStores() {}

    /**
     * Refuses a lake whose commits would go through a store made for other storage. What a store does that neither Delta
     * nor Ingot brought cannot be told, so it is let pass; so is any on a scheme that none is made for.
     *
     * @throws IngotException with the place and the setting that would be right
     */
    public static void check(SparkSession spark, Lake lake) {
        String scheme = lake.scheme();
        String setting = "spark.delta.logStore." + scheme + ".impl";
        Optional<String> chosen = setting(spark, setting).or(() -> setting(spark, ALL_SCHEMES));
        if (scheme.equals("file") && !chosen.equals(Optional.of(LOCAL_CLASS))) {
            throw refusal(
                    lake,
                    "Cannot write to a local lake: Spark was started without a log store that is safe between processes",
                    "Start Spark with --conf " + LOCAL_SETTING + "=" + LOCAL_CLASS);
        }
        if (scheme.equals("gs")) {
            throw refusal(
                    lake,
                    "Cannot write to a lake on 'gs': nobody has tried whether of two files created at once one wins there",
                    "Use a lake on a local disk, HDFS, S3 or Azure.");
        }
        boolean known = MADE_FOR.values().stream().anyMatch(schemes -> schemes.contains(scheme));
        chosen.filter(store -> known && isForOtherStorage(store, scheme)).ifPresent(store -> {
            throw refusal(
                    lake,
                    "Cannot write to a lake on '" + scheme + "': Spark was started with the log store " + store
                            + ", which is not safe there",
                    "Start Spark without " + setting + " and " + ALL_SCHEMES + ": Delta chooses the right one itself.");
        });
    }

    private static boolean isForOtherStorage(String store, String scheme) {
        return MADE_FOR.entrySet().stream()
                .anyMatch(made ->
                        store.endsWith(made.getKey()) && !made.getValue().contains(scheme));
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
