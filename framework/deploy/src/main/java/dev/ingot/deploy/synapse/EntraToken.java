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
 * Supplies the bearer token for one service, cached until shortly before it expires: of the service principal or the
 * managed identity that the environment names, else of the user who is signed in to the Azure CLI.
 */
final class EntraToken implements Supplier<String> {

    /** The environment variables of a service principal with a secret. */
    static final List<String> PRINCIPAL = List.of("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET");

    private static final Duration EXPIRY_MARGIN = Duration.ofMinutes(5);

    private final Map<String, String> environment;
    private final String resource;
    private final AzureTokens environmentTokens;
    private AccessToken cliToken = new AccessToken(new Secret(""), Instant.MIN);

    /**
     * Creates a supplier that requests a token when one is needed.
     *
     * @param resource the service, such as {@code https://dev.azuresynapse.net}
     */
    EntraToken(Map<String, String> environment, String resource) {
        this.environment = Map.copyOf(environment);
        this.resource = resource;
        this.environmentTokens = AzureTokens.of(environment, resource);
    }

    @Override
    public synchronized String get() {
        if (AzureTokens.areNamedBy(environment)) {
            return environmentToken();
        }
        if (Instant.now().plus(EXPIRY_MARGIN).isAfter(cliToken.until())) {
            cliToken = signedInCli().token(resource + "/.default");
        }
        return cliToken.value().reveal();
    }

    private String environmentToken() {
        try {
            return environmentTokens.token().reveal();
        } catch (SecretException failure) {
            throw new IngotException(
                    Diagnostic.error(
                            Code.DEPLOY_DENIED,
                            SourceSpan.of(resource),
                            "Cannot sign in: " + failure.getMessage(),
                            failure.remedy()),
                    failure);
        }
    }

    private AzureCli signedInCli() {
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
                "Set them to those of a service principal with a role in the workspace, or unset all of them and sign"
                        + " in with 'az login'. Generating files needs neither."));
    }
}
