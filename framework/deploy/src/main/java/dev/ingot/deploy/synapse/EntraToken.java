package dev.ingot.deploy.synapse;

import dev.ingot.deploy.rest.Pace;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.secrets.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The bearer token for one service, kept until shortly before it expires: of the service principal that the environment
 * names, else of whoever is signed in to the Azure CLI.
 */
final class EntraToken implements Supplier<String> {

    private static final Duration SPARE = Duration.ofMinutes(5);

    private final Map<String, String> environment;
    private final String scope;
    private final Pace pace;
    private AccessToken token = new AccessToken(new Secret(""), Instant.MIN);

    /**
     * A token that is asked for when it is needed.
     *
     * @param scope what it is for, such as {@code https://dev.azuresynapse.net/.default}
     */
    EntraToken(Map<String, String> environment, String scope, Pace pace) {
        this.environment = Map.copyOf(environment);
        this.scope = scope;
        this.pace = pace;
    }

    @Override
    public synchronized String get() {
        if (Instant.now().plus(SPARE).isAfter(token.until())) {
            token = ask();
        }
        return token.value().reveal();
    }

    private AccessToken ask() {
        List<String> missing = ServicePrincipal.missing(environment);
        if (missing.isEmpty()) {
            return new ServicePrincipal(environment, pace).token(scope);
        }
        Optional<AzureCli> cli = AzureCli.find(environment);
        if (missing.size() == ServicePrincipal.VARIABLES.size() && cli.isPresent()) {
            return cli.get().token(scope);
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
