package dev.ingot.session;

import dev.ingot.config.Project;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.secrets.Redaction;
import dev.ingot.secrets.SecretText;
import dev.ingot.secrets.hadoop.SecretCheck;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Starts Spark, or joins the one that is there, with what a project's environment says. */
public final class SparkSessions {

    /** What counts when the application starts: said later it would only look as if it did. */
    private static final Set<String> AT_START = Set.of(LogStores.LOCAL_SETTING, ApplicationSettings.PLUGINS);

    private SparkSessions() {}

    /** Whether there is a Spark in this process, which {@link #start} would join; who joins one does not stop it. */
    public static boolean isRunning() {
        return SparkSession.getActiveSession().isDefined()
                || SparkSession.getDefaultSession().isDefined();
    }

    /**
     * A session on this machine, or wherever {@code spark.master} says. What was given when the application was submitted,
     * or to the session that is joined, wins over the environment's file. No setting holds a secret of Ingot's.
     *
     * @param processEnvironment where secrets of the provider 'env' are
     * @throws IngotException when secrets cannot be resolved: all of them at once
     */
    public static SparkSession start(Project project, Map<String, String> processEnvironment) {
        SecretCheck.of(project, processEnvironment)
                .check(ApplicationSettings.beside(given(), project).hadoop());
        return begin(project);
    }

    /** The same, whether its secrets can be resolved or not: then what needs them fails. */
    public static SparkSession begin(Project project) {
        Map<String, String> given = given();
        registerSecrets(project, given);
        SparkSession.Builder builder = SparkSession.builder();
        boolean joined = isRunning();
        ApplicationSettings.beside(given, project).added().forEach((name, value) -> {
            if (!joined || !AT_START.contains(name)) {
                builder.config(name, value);
            }
        });
        SparkSession spark = builder.getOrCreate();
        if (!joined) {
            RedactedListener.install(spark);
        }
        return spark;
    }

    /** A platform may have put in the value of what the project calls a secret, as Databricks does: it is one here too. */
    private static void registerSecrets(Project project, Map<String, String> given) {
        project.spark().forEach((name, value) -> {
            if (value instanceof SecretText.Hidden && given.containsKey(name)) {
                Redaction.register(given.get(name));
            }
        });
    }

    /** What spark-submit hands over as system properties, and what a running session has. */
    private static Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("spark."))
                .sorted()
                .forEach(name -> given.put(name, System.getProperty(name)));
        if (isRunning()) {
            var settings = SparkSession.active().conf().getAll().iterator();
            while (settings.hasNext()) {
                var setting = settings.next();
                given.put(setting._1(), setting._2());
            }
        }
        return given;
    }
}
