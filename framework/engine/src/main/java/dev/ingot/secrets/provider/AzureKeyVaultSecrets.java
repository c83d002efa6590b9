package dev.ingot.secrets.provider;

import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretProvider;
import dev.ingot.secrets.SecretRef;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Reads secrets from an Azure Key Vault, over its REST API ("Get Secret", version 7.4). Names in a vault have only
 * letters, digits and {@code -}, so {@code _} and {@code .} of a key become {@code -}.
 */
public final class AzureKeyVaultSecrets implements SecretProvider {

    private final String vault;
    private final SecretHttpClient client;
    private final AzureTokens tokens;

    /**
     * Creates the provider of a vault's secrets.
     *
     * @param vault its address, such as {@code https://sales.vault.azure.net}
     * @param environment the environment variables, normally {@link System#getenv()}
     */
    public AzureKeyVaultSecrets(String vault, Map<String, String> environment) {
        this(vault, environment, new SecretHttpClient(SecretHttpClient.RetryPolicy.DEFAULT));
    }

    AzureKeyVaultSecrets(String vault, Map<String, String> environment, SecretHttpClient client) {
        this.vault = vault.replaceAll("/+$", "");
        this.client = client;
        this.tokens = new AzureTokens(environment, resource(vault), client, Clock.systemUTC());
    }

    /** Returns the resource to request tokens for: the national clouds have vaults under their own domains. */
    private static String resource(String vault) {
        String host = String.valueOf(URI.create(vault).getHost());
        int domain = host.indexOf(".vault.");
        return "https://" + (domain < 0 ? "vault.azure.net" : host.substring(domain + 1));
    }

    @Override
    public Optional<Secret> find(SecretRef ref) {
        URI address = URI.create(vault + "/secrets/" + name(ref) + "?api-version=7.4");
        SecretHttpClient.Response response = client.send(
                vault,
                HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + tokens.token().reveal()));
        if (response.status() == 404) {
            return Optional.empty();
        }
        if (response.status() == 401 || response.status() == 403) {
            throw new SecretException(
                    vault + " denied access to '" + name(ref) + "' (" + response.status() + ")",
                    "Grant the identity of this job the role 'Key Vault Secrets User', and check that the vault's"
                            + " firewall allows it.");
        }
        return Optional.of(response.text("value")
                .map(Secret::new)
                .orElseThrow(() -> SecretHttpClient.unexpected(vault, response)));
    }

    /** Returns the name in a vault for the key of a reference. */
    static String name(SecretRef ref) {
        String name = ref.key().replaceAll("[_.]", "-");
        if (!name.matches("[0-9A-Za-z-]{1,127}")) {
            throw new SecretException(
                    "'" + ref.key() + "' is not a valid secret name in Azure Key Vault",
                    "Use letters, digits and '-'; '_' and '.' are replaced with '-'.");
        }
        return name;
    }

    @Override
    public String remedy(SecretRef ref) {
        return "Create the secret '" + name(ref) + "' in the vault " + vault + ".";
    }
}
