package dev.ingot.deploy;

import dev.ingot.config.SparkSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import java.util.List;
import java.util.Set;

/**
 * Warns about Spark settings whose values are secret references. Hadoop loads the credential provider that resolves
 * them from the class path that a JVM was started with, and platforms add a job's jar only later.
 */
public final class SecretSettings {

    private static final String PREFIX = SparkSettings.HADOOP + SparkSettings.REFERENCE;

    private SecretSettings() {}

    /**
     * Reports a warning when settings refer to secrets.
     *
     * @param settings the names of the settings that the platform receives
     * @param environment the environment that declares them
     * @param platform its name, for the message
     * @param remedy how the platform can read the secrets nevertheless
     */
    public static void warn(
            Set<String> settings, String environment, String platform, String remedy, Diagnostics diagnostics) {
        List<String> secrets = settings.stream()
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> SparkSettings.HADOOP + name.substring(PREFIX.length()))
                .sorted()
                .toList();
        if (!secrets.isEmpty()) {
            diagnostics.add(Diagnostic.warning(
                    Code.DEPLOY_PLATFORM,
                    SourceSpan.of("conf/env/" + environment + ".yml"),
                    "Hadoop may be unable to read the " + (secrets.size() == 1 ? "secret" : "secrets") + " in "
                            + String.join(", ", secrets) + ": " + platform
                            + " starts its JVMs without the job jar, which resolves secrets, on the class path",
                    remedy));
        }
    }
}
