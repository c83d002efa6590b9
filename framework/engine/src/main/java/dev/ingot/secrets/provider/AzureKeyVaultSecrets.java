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
 * Secrets of an Azure Key Vault, over its REST interface ("Get Secret", version 7.4). A vault's names have only letters,
 * digits and {@code -}, so {@code _} and {@code .} of a key become {@code -}.
 */
public final class AzureKeyVaultSecrets implements SecretProvider {

    private final String vault;
    private final SecretHttpClient calls;
    private final AzureTokens tokens;

    /**
     * The secrets of a vault.
     *
     * @param vault its address, such as {@code https://sales.vault.azure.net}
     * @param environment where Azure's variables are, normally {@link System#getenv()}
     */
    public AzureKeyVaultSecrets(String vault, Map<String, String> environment) {
        this(vault, environment, new SecretHttpClient(SecretHttpClient.Patience.USUAL));
    }

    AzureKeyVaultSecrets(String vault, Map<String, String> environment, SecretHttpClient calls) {
        this.vault = vault.replaceAll("/+$", "");
        this.calls = calls;
        this.tokens = new AzureTokens(environment, resource(vault), calls, Clock.systemUTC());
    }

    /** The national clouds have vaults of their own domains, and tokens for those. */
    private static String resource(String vault) {
        String host = String.valueOf(URI.create(vault).getHost());
        int domain = host.indexOf(".vault.");
        return "https://" + (domain < 0 ? "vault.azure.net" : host.substring(domain + 1));
    }

    @Override
    public Optional<Secret> find(SecretRef ref) {
        URI address = URI.create(vault + "/secrets/" + name(ref) + "?api-version=7.4");
        SecretHttpClient.Answer answer = calls.send(
                vault,
                HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + tokens.token().reveal()));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        if (answer.status() == 401 || answer.status() == 403) {
            throw new SecretException(
                    vault + " denied access to '" + name(ref) + "' (" + answer.status() + ")",
                    "Give the identity of this job the role 'Key Vault Secrets User', and look whether the vault's"
                            + " firewall lets it in.");
        }
        return Optional.of(
                answer.text("value").map(Secret::new).orElseThrow(() -> SecretHttpClient.unexpected(vault, answer)));
    }

    /** The name in a vault that a key stands for. */
    static String name(SecretRef ref) {
        String name = ref.key().replaceAll("[_.]", "-");
        if (!name.matches("[0-9A-Za-z-]{1,127}")) {
            throw new SecretException(
                    "'" + ref.key() + "' cannot be a name in a key vault",
                    "Names there have letters, digits and '-'; '_' and '.' stand for '-'.");
        }
        return name;
    }

    @Override
    public String remedy(SecretRef ref) {
        return "Make the secret '" + name(ref) + "' in the vault " + vault + ".";
    }
}
