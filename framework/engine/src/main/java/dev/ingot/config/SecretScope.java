package dev.ingot.config;

import dev.ingot.options.Option;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the secrets of one scope are stored. */
public record SecretScope(
        @Option(
                description =
                        "'env' reads variables INGOT_SECRET_<SCOPE>_<KEY>, 'file' one file per key in a folder, 'hadoop'"
                                + " a credential store, 'azure_key_vault' and 'aws_secrets_manager' those services,"
                                + " 'databricks' and 'synapse' the secrets that these platforms provide to their jobs.",
                example = "env")
        Provider provider,

        @Option(
                description = "The absolute folder for the provider 'file', or the credential store for 'hadoop'.",
                example = "/run/secrets")
        Optional<String> path,

        @Option(
                description = "The key vault: its address for 'azure_key_vault', its name for 'synapse'.",
                example = "https://sales.vault.azure.net")
        Optional<String> vault,

        @Option(description = "The region of the provider 'aws_secrets_manager'.", example = "eu-central-1")
        Optional<String> region,

        @Option(
                description = "The address of the provider 'aws_secrets_manager', if not the region's public one.",
                example = "https://vpce-1.secretsmanager.eu-central-1.vpce.amazonaws.com")
        Optional<String> endpoint,

        @Option(
                description =
                        "The secret scope of the workspace, for 'databricks'; by default the one of the same name.",
                example = "etl")
        Optional<String> scope,

        @Option(
                description = "The workspace's linked service for the vault, for 'synapse'; its jobs then read with the"
                        + " workspace's identity.",
                example = "sales_vault")
        Optional<String> linkedService) {

    /** The supported secret stores. */
    public enum Provider {
        ENV("", ""),
        FILE("path", ""),
        HADOOP("path", ""),
        AZURE_KEY_VAULT("vault", ""),
        AWS_SECRETS_MANAGER("region", "endpoint"),
        DATABRICKS("", "scope"),
        SYNAPSE("", "vault linked_service");

        private final String required;
        private final String optional;

        Provider(String required, String optional) {
            this.required = required;
            this.optional = optional;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SecretScope {
        Set<String> present = settings(provider, path, vault, region, endpoint, scope, linkedService)
                .keySet();
        require(
                provider.required.isEmpty() || present.contains(provider.required),
                "the provider '" + provider + "' needs '" + provider.required + "'");
        Set<String> known = Set.of(("provider " + provider.required + " " + provider.optional)
                .strip()
                .split(" +"));
        present.stream().filter(key -> !known.contains(key)).forEach(key -> {
            throw new IllegalArgumentException("the provider '" + provider + "' does not accept '" + key + "'");
        });
        switch (provider) {
            case FILE ->
                require(
                        path.orElseThrow().startsWith("/"),
                        "'path' must be absolute, because every machine of a job reads it");
            case HADOOP ->
                require(
                        path.orElseThrow().matches("[a-z0-9]+://.+"),
                        "'path' must be the address of a store, such as jceks://hdfs@name/etl.jceks");
            case AZURE_KEY_VAULT -> requireAddress("vault", vault.orElseThrow());
            case AWS_SECRETS_MANAGER -> {
                require(region.orElseThrow().matches("[a-z0-9-]+"), "'region' must be a name such as eu-central-1");
                endpoint.ifPresent(address -> requireAddress("endpoint", address));
            }
            case SYNAPSE ->
                require(
                        vault.isPresent() || linkedService.isPresent(),
                        "the provider 'synapse' needs 'vault', 'linked_service' or both");
            default -> {}
        }
    }

    private static void require(boolean met, String rule) {
        if (!met) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** Requires HTTPS, because tokens are sent to the address; only the local machine may be reached without it. */
    private static void requireAddress(String key, String address) {
        require(
                address.matches("https://[A-Za-z0-9.-]+(:[0-9]+)?/?|http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?/?"),
                "'" + key + "' must be an address that starts with https:// and has no path");
    }

    /** Creates the scope from the result of {@link #settings()}; ignores other keys. */
    public static SecretScope of(Map<String, String> settings) {
        return new SecretScope(
                Provider.valueOf(settings.getOrDefault("provider", "").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(settings.get("path")),
                Optional.ofNullable(settings.get("vault")),
                Optional.ofNullable(settings.get("region")),
                Optional.ofNullable(settings.get("endpoint")),
                Optional.ofNullable(settings.get("scope")),
                Optional.ofNullable(settings.get("linked_service")));
    }

    /** Returns the settings in the environment's file, by key. */
    public Map<String, String> settings() {
        return settings(provider, path, vault, region, endpoint, scope, linkedService);
    }

    private static Map<String, String> settings(
            Provider provider,
            Optional<String> path,
            Optional<String> vault,
            Optional<String> region,
            Optional<String> endpoint,
            Optional<String> scope,
            Optional<String> linkedService) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("provider", provider.toString());
        path.ifPresent(value -> settings.put("path", value));
        vault.ifPresent(value -> settings.put("vault", value));
        region.ifPresent(value -> settings.put("region", value));
        endpoint.ifPresent(value -> settings.put("endpoint", value));
        scope.ifPresent(value -> settings.put("scope", value));
        linkedService.ifPresent(value -> settings.put("linked_service", value));
        return settings;
    }
}
