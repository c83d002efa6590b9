package dev.ingot.config;

import dev.ingot.options.Option;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the secrets of one scope are kept. */
public record SecretScope(
        @Option(
                description =
                        "'env' reads variables INGOT_SECRET_<SCOPE>_<KEY>, 'file' one file per key in a folder, 'hadoop' a"
                                + " credential store, 'azure_key_vault' and 'aws_secrets_manager' those services,"
                                + " 'databricks' and 'synapse' what these platforms give to their jobs.",
                example = "env")
        Provider provider,

        @Option(
                description = "The folder of the provider 'file', absolute, or the store of the provider 'hadoop'.",
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
                description = "The secret scope of the workspace, for 'databricks'; of the same name unless said.",
                example = "etl")
        Optional<String> scope,

        @Option(
                description = "The workspace's linked service for the vault, for 'synapse'; its jobs then read with the"
                        + " workspace's identity.",
                example = "sales_vault")
        Optional<String> linkedService) {

    /** The kinds of places that can keep secrets. */
    public enum Provider {
        ENV("", ""),
        FILE("path", ""),
        HADOOP("path", ""),
        AZURE_KEY_VAULT("vault", ""),
        AWS_SECRETS_MANAGER("region", "endpoint"),
        DATABRICKS("", "scope"),
        SYNAPSE("", "vault linked_service");

        private final String needs;
        private final String takes;

        Provider(String needs, String takes) {
            this.needs = needs;
            this.takes = takes;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SecretScope {
        Set<String> given = words(provider, path, vault, region, endpoint, scope, linkedService)
                .keySet();
        require(
                provider.needs.isEmpty() || given.contains(provider.needs),
                "the provider '" + provider + "' needs '" + provider.needs + "'");
        Set<String> known = Set.of(
                ("provider " + provider.needs + " " + provider.takes).strip().split(" +"));
        given.stream().filter(word -> !known.contains(word)).forEach(word -> {
            throw new IllegalArgumentException("the provider '" + provider + "' takes no '" + word + "'");
        });
        switch (provider) {
            case FILE ->
                require(
                        path.orElseThrow().startsWith("/"),
                        "'path' must be absolute, as every machine of a job looks there");
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

    private static void require(boolean fulfilled, String rule) {
        if (!fulfilled) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** Tokens travel there, so only this machine itself may be asked without encryption. */
    private static void requireAddress(String word, String address) {
        require(
                address.matches("https://[A-Za-z0-9.-]+(:[0-9]+)?/?|http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?/?"),
                "'" + word + "' must be an address that begins with https:// and has no path");
    }

    /** The scope that {@link #words()} describes; other words are left out of account. */
    public static SecretScope of(Map<String, String> words) {
        return new SecretScope(
                Provider.valueOf(words.getOrDefault("provider", "").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(words.get("path")),
                Optional.ofNullable(words.get("vault")),
                Optional.ofNullable(words.get("region")),
                Optional.ofNullable(words.get("endpoint")),
                Optional.ofNullable(words.get("scope")),
                Optional.ofNullable(words.get("linked_service")));
    }

    /** What the environment's file says, by its words. */
    public Map<String, String> words() {
        return words(provider, path, vault, region, endpoint, scope, linkedService);
    }

    private static Map<String, String> words(
            Provider provider,
            Optional<String> path,
            Optional<String> vault,
            Optional<String> region,
            Optional<String> endpoint,
            Optional<String> scope,
            Optional<String> linkedService) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("provider", provider.toString());
        path.ifPresent(value -> words.put("path", value));
        vault.ifPresent(value -> words.put("vault", value));
        region.ifPresent(value -> words.put("region", value));
        endpoint.ifPresent(value -> words.put("endpoint", value));
        scope.ifPresent(value -> words.put("scope", value));
        linkedService.ifPresent(value -> words.put("linked_service", value));
        return words;
    }
}
