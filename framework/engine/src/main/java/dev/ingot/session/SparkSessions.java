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

/** Starts Spark with the settings of a project's environment, or joins the running application. */
public final class SparkSessions {

    /** Settings that only take effect when the application starts: set later, they would be shown but ignored. */
    private static final Set<String> STARTUP_ONLY = Set.of(LogStores.LOCAL_SETTING, ApplicationSettings.PLUGINS);

    private SparkSessions() {}

    /** Returns whether Spark runs in this process: {@link #start} joins it, and a joined Spark must not be stopped. */
    public static boolean isRunning() {
        return SparkSession.getActiveSession().isDefined()
                || SparkSession.getDefaultSession().isDefined();
    }

    /**
     * Starts or joins a session, on this machine unless {@code spark.master} is set. Settings passed at submission, or
     * of the joined session, override the environment file. No setting contains the value of one of Ingot's secrets.
     *
     * @param processEnvironment the environment variables, which hold the secrets of the provider 'env'
     * @throws IngotException listing all secrets that cannot be resolved
     */
    public static SparkSession start(Project project, Map<String, String> processEnvironment) {
        SecretCheck.of(project, processEnvironment)
                .check(ApplicationSettings.merge(given(), project).hadoop());
        return connect(project);
    }

    /** Starts or joins a session without resolving its secrets first: whatever needs a missing one fails later. */
    public static SparkSession connect(Project project) {
        Map<String, String> given = given();
        registerSecrets(project, given);
        SparkSession.Builder builder = SparkSession.builder();
        boolean joined = isRunning();
        ApplicationSettings.merge(given, project).added().forEach((name, value) -> {
            if (!joined || !STARTUP_ONLY.contains(name)) {
                builder.config(name, value);
            }
        });
        SparkSession spark = builder.getOrCreate();
        if (!joined) {
            RedactedListener.install(spark);
        }
        return spark;
    }

    /**
     * Registers for redaction what the platform has already substituted for a secret reference of the project, as
     * Databricks does.
     */
    private static void registerSecrets(Project project, Map<String, String> given) {
        project.spark().forEach((name, value) -> {
            if (value instanceof SecretText.Hidden && given.containsKey(name)) {
                Redaction.register(given.get(name));
            }
        });
    }

    /** Returns the settings that spark-submit passes as system properties, and those of a running session. */
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
