package dev.ingot.secrets.provider;

import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretProvider;
import dev.ingot.secrets.SecretRef;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads secrets from a key vault through Synapse's TokenLibrary ("Secure credentials with linked services using the
 * TokenLibrary"): with the workspace's identity through a linked service, else with that of the user who runs the job.
 */
public final class SynapseSecrets implements SecretProvider {

    private static final String LIBRARY = "com.microsoft.azure.synapse.tokenlibrary.TokenLibrary";

    private final PlatformLibrary library = new PlatformLibrary("Synapse");
    private final Optional<String> vault;
    private final Optional<String> linkedService;

    /**
     * Creates the provider of a vault's secrets.
     *
     * @param vault its name; optional when there is a linked service, which refers to one
     * @param linkedService the workspace's linked service for the vault
     */
    public SynapseSecrets(Optional<String> vault, Optional<String> linkedService) {
        this.vault = Objects.requireNonNull(vault, "vault");
        this.linkedService = Objects.requireNonNull(linkedService, "linkedService");
    }

    @Override
    public Optional<Secret> find(SecretRef ref) {
        String name = AzureKeyVaultSecrets.name(ref);
        Optional<PlatformLibrary.Result> result;
        if (vault.isEmpty()) {
            result = library.callStatic(LIBRARY, "getSecretWithLS", linkedService.orElseThrow(), name);
        } else {
            result = linkedService.isEmpty()
                    ? library.callStatic(LIBRARY, "getSecret", vault.get(), name)
                    : library.callStatic(LIBRARY, "getSecret", vault.get(), name, linkedService.get());
        }
        return result.map(found -> new Secret(found.value().toString()));
    }

    @Override
    public String remedy(SecretRef ref) {
        return "Create the secret '" + AzureKeyVaultSecrets.name(ref) + "' in the vault, and allow "
                + linkedService
                        .map(service -> "the workspace's identity to read it (linked service '" + service + "').")
                        .orElse("the user who runs the job to read it.");
    }
}
