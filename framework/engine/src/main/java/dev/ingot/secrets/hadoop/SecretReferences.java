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

/** The names of secrets that stand in Hadoop's settings, as {@link SparkSettings} writes them. */
public record SecretReferences(Configuration settings) {

    public SecretReferences {
        Objects.requireNonNull(settings, "settings");
    }

    /** The settings whose values are secrets, by name. */
    public Set<String> names() {
        return new TreeSet<>(
                settings.getPropsWithPrefix(SparkSettings.REFERENCE).keySet());
    }

    /** The secret that is the value of a setting; empty when the setting is none of these. */
    public Optional<SecretRef> of(String name) {
        return Optional.ofNullable(settings.getTrimmed(SparkSettings.REFERENCE + name))
                .map(written -> SecretRef.parse(written)
                        .orElseThrow(() -> new SecretException(
                                "'" + SparkSettings.REFERENCE + name + "' is no name of a secret",
                                "Write scope/key there.")));
    }

    /**
     * Where the secrets of a scope are.
     *
     * @throws SecretException when the settings do not say it, or not as {@link SecretScope} accepts it
     */
    public SecretScope scope(String name) {
        String prefix = SparkSettings.SCOPE + name + ".";
        Map<String, String> words = settings.getPropsWithPrefix(prefix);
        try {
            return SecretScope.of(words);
        } catch (IllegalArgumentException unfit) {
            String reason = words.containsKey("provider") ? unfit.getMessage() : "there is no '" + prefix + "provider'";
            throw new SecretException(
                    "the settings do not say where the secrets of '" + name + "' are: " + reason,
                    "Set " + prefix + "<word> as 'secrets:' of the environment says it, in " + SparkSettings.HADOOP
                            + "*.");
        }
    }
}
