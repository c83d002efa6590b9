package dev.ingot.secrets.provider;

import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretProvider;
import dev.ingot.secrets.SecretRef;
import java.util.Objects;
import java.util.Optional;

/**
 * Secrets of a key vault through Synapse's TokenLibrary ("Secure credentials with linked services using the
 * TokenLibrary"): by a linked service with the workspace's identity, else with that of whoever runs the job.
 */
public final class SynapseSecrets implements SecretProvider {

    private static final String LIBRARY = "com.microsoft.azure.synapse.tokenlibrary.TokenLibrary";

    private final PlatformLibrary library = new PlatformLibrary("Synapse");
    private final Optional<String> vault;
    private final Optional<String> linkedService;

    /**
     * The secrets of a vault.
     *
     * @param vault its name; may be left out when the linked service says it
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
        return "Make the secret '" + AzureKeyVaultSecrets.name(ref) + "' in the vault, and let "
                + linkedService
                        .map(service -> "the workspace's identity read it (linked service '" + service + "').")
                        .orElse("whoever runs the job read it.");
    }
}
