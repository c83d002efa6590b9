package dev.ingot.secrets.hadoop;

import dev.ingot.config.SecretScope;
import dev.ingot.config.SparkSettings;
import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretRef;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/** Reads the secret references in Hadoop's settings, as {@link SparkSettings} writes them. */
public record SecretReferences(Configuration settings) {

    public SecretReferences {
        Objects.requireNonNull(settings, "settings");
    }

    /** Returns the names of the settings whose values are secrets. */
    public Set<String> names() {
        return new TreeSet<>(
                settings.getPropsWithPrefix(SparkSettings.REFERENCE).keySet());
    }

    /** Returns the secret reference of a setting; empty when its value is not a secret. */
    public Optional<SecretRef> of(String name) {
        return Optional.ofNullable(settings.getTrimmed(SparkSettings.REFERENCE + name))
                .map(reference -> SecretRef.parse(reference)
                        .orElseThrow(() -> new SecretException(
                                "'" + SparkSettings.REFERENCE + name + "' is not a secret reference",
                                "Write it as scope/key.")));
    }

    /**
     * Returns the configuration of a secret scope.
     *
     * @throws SecretException when the settings lack it, or {@link SecretScope} does not accept it
     */
    public SecretScope scope(String name) {
        String prefix = SparkSettings.SCOPE + name + ".";
        Map<String, String> options = settings.getPropsWithPrefix(prefix);
        try {
            return SecretScope.of(options);
        } catch (IllegalArgumentException invalid) {
            String reason =
                    options.containsKey("provider") ? invalid.getMessage() : "'" + prefix + "provider' is missing";
            throw new SecretException(
                    "the settings of the secret scope '" + name + "' are invalid: " + reason,
                    "Set the options under 'secrets:' of the environment as " + SparkSettings.HADOOP + prefix
                            + "<option>.");
        }
    }
}
