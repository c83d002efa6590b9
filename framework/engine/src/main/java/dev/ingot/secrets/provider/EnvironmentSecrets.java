package dev.ingot.secrets.provider;

import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretProvider;
import dev.ingot.secrets.SecretRef;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads secrets from environment variables: {@code kv/db-password} is {@code INGOT_SECRET_KV_DB_PASSWORD}. */
public final class EnvironmentSecrets implements SecretProvider {

    private final Map<String, String> environment;

    /** Creates the provider over a map of variables, normally {@link System#getenv()}. */
    public EnvironmentSecrets(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<Secret> find(SecretRef ref) {
        return Optional.ofNullable(environment.get(variable(ref))).map(Secret::new);
    }

    @Override
    public String remedy(SecretRef ref) {
        return "Set the environment variable " + variable(ref) + ".";
    }

    private static String variable(SecretRef ref) {
        return ("INGOT_SECRET_" + ref.scope() + "_" + ref.key())
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^A-Z0-9]", "_");
    }
}
