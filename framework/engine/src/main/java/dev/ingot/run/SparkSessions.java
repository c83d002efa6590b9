package dev.ingot.run;

import dev.ingot.config.Project;
import dev.ingot.config.SecretScope;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.secrets.EnvironmentSecrets;
import dev.ingot.secrets.FileSecrets;
import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretProvider;
import dev.ingot.secrets.SecretRef;
import dev.ingot.secrets.SecretText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Starts Spark, or joins the one that is there, with what a project's environment says. */
public final class SparkSessions {

    /** What suits one small machine; the environment's own settings come after and win. */
    private static final Map<String, String> LOCAL = Map.ofEntries(
            Map.entry("spark.master", "local[*]"),
            Map.entry("spark.app.name", "ingot"),
            Map.entry("spark.ui.enabled", "false"),
            Map.entry("spark.driver.host", "127.0.0.1"),
            Map.entry("spark.driver.bindAddress", "127.0.0.1"),
            Map.entry("spark.sql.shuffle.partitions", "4"),
            Map.entry("spark.databricks.delta.snapshotPartitions", "1"),
            Map.entry("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4"),
            Map.entry("spark.sql.catalogImplementation", "in-memory"));

    private static final String REDACTION = "spark.redaction.regex";

    private SparkSessions() {}

    /**
     * A session on this machine, or wherever the environment's {@code spark.master} says.
     *
     * @param processEnvironment where secrets of the provider 'env' are
     * @throws IngotException when a secret is missing
     */
    public static SparkSession start(Project project, Map<String, String> processEnvironment) {
        Map<String, String> settings = new LinkedHashMap<>(LOCAL);
        settings.put("spark.sql.warehouse.dir", project.lake() + "/_ingot/warehouse");
        settings.putAll(SessionSettings.APPLICATION);
        project.spark().forEach((name, value) -> settings.put(name, plain(name, value, project, processEnvironment)));
        settings.merge(REDACTION, redaction(project), (given, ours) -> given + "|" + ours);
        SparkSession.Builder builder = SparkSession.builder();
        settings.forEach(builder::config);
        return builder.getOrCreate();
    }

    /** Whether this process has a Spark at work, whoever started it. */
    public static boolean isRunning() {
        return SparkSession.getActiveSession().isDefined()
                || SparkSession.getDefaultSession().isDefined();
    }

    /** Spark shows no value whose name looks secret; the names of ours are added to those it knows. */
    private static String redaction(Project project) {
        return Stream.concat(
                        Stream.of("(?i)secret|password|token|access[.]?key|account[.]key|credential"),
                        project.spark().entrySet().stream()
                                .filter(setting -> setting.getValue() instanceof SecretText.Hidden)
                                .map(setting -> Pattern.quote(setting.getKey())))
                .collect(Collectors.joining("|"));
    }

    private static String plain(
            String name, SecretText value, Project project, Map<String, String> processEnvironment) {
        if (value instanceof SecretText.Hidden hidden) {
            return secret(name, hidden.ref(), project, processEnvironment).reveal();
        }
        return ((SecretText.Plain) value).text();
    }

    private static Secret secret(String name, SecretRef ref, Project project, Map<String, String> processEnvironment) {
        SecretScope scope = project.secrets().get(ref.scope());
        if (scope == null) {
            throw new IngotException(Diagnostic.error(
                            Code.CONF_SECRET_MISSING,
                            SourceSpan.of("conf/env/" + project.environment() + ".yml"),
                            "Cannot resolve " + ref + " for '" + name + "': the environment has no secret scope '"
                                    + ref.scope() + "'",
                            "Declare it under 'secrets:'.")
                    .accepting(project.secrets().keySet(), ref.scope()));
        }
        SecretProvider provider = scope.provider() == SecretScope.Provider.ENV
                ? new EnvironmentSecrets(processEnvironment)
                : new FileSecrets(project.root().resolve(Path.of(scope.path().orElseThrow())));
        Optional<Secret> found = provider.find(ref);
        return found.orElseThrow(() -> new IngotException(Diagnostic.error(
                Code.CONF_SECRET_MISSING,
                SourceSpan.of("conf/env/" + project.environment() + ".yml"),
                "Cannot resolve " + ref + " for '" + name + "': there is no such secret",
                provider.remedy(ref))));
    }
}
