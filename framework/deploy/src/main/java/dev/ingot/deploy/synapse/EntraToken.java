package dev.ingot.deploy.synapse;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.provider.AzureTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The bearer token for one service, kept until shortly before it expires: of the service principal or the managed identity
 * that the environment names, else of whoever is signed in to the Azure CLI.
 */
final class EntraToken implements Supplier<String> {

    /** What names a service principal with a secret. */
    static final List<String> PRINCIPAL = List.of("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET");

    private static final Duration SPARE = Duration.ofMinutes(5);

    private final Map<String, String> environment;
    private final String resource;
    private final AzureTokens named;
    private AccessToken ofCli = new AccessToken(new Secret(""), Instant.MIN);

    /**
     * A token that is asked for when it is needed.
     *
     * @param resource what it is for, such as {@code https://dev.azuresynapse.net}
     */
    EntraToken(Map<String, String> environment, String resource) {
        this.environment = Map.copyOf(environment);
        this.resource = resource;
        this.named = AzureTokens.of(environment, resource);
    }

    @Override
    public synchronized String get() {
        if (AzureTokens.areNamedBy(environment)) {
            return ofNamed();
        }
        if (Instant.now().plus(SPARE).isAfter(ofCli.until())) {
            ofCli = signedIn().token(resource + "/.default");
        }
        return ofCli.value().reveal();
    }

    private String ofNamed() {
        try {
            return named.token().reveal();
        } catch (SecretException refused) {
            throw new IngotException(
                    Diagnostic.error(
                            Code.DEPLOY_DENIED,
                            SourceSpan.of(resource),
                            "Cannot sign in: " + refused.getMessage(),
                            refused.remedy()),
                    refused);
        }
    }

    private AzureCli signedIn() {
        List<String> missing = PRINCIPAL.stream()
                .filter(name -> environment.getOrDefault(name, "").isBlank())
                .toList();
        Optional<AzureCli> cli = AzureCli.find(environment);
        if (missing.size() == PRINCIPAL.size() && cli.isPresent()) {
            return cli.get();
        }
        throw new IngotException(Diagnostic.error(
                Code.DEPLOY_DENIED,
                SourceSpan.of(missing.get(0)),
                "Cannot sign in to Microsoft Entra ID: " + String.join(", ", missing)
                        + (missing.size() == 1 ? " is" : " are") + " not set",
                "Set them to those of a service principal with a role in the workspace, or set none of them and sign in"
                        + " with 'az login'. Writing files only needs neither."));
    }
}
