package dev.ingot.secrets.hadoop;

import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretProvider;
import dev.ingot.secrets.SecretRef;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;

/** Reads secrets from a Hadoop credential store, as {@code hadoop credential create} makes it; a key is an alias. */
final class HadoopSecrets implements SecretProvider {

    private final String store;

    /**
     * Creates the provider of a store.
     *
     * @param store its address, such as {@code jceks://file/etc/etl.jceks}
     */
    HadoopSecrets(String store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    @Override
    public Optional<Secret> find(SecretRef ref) {
        Configuration settings = new Configuration();
        settings.set(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH, store);
        try {
            for (CredentialProvider provider : CredentialProviderFactory.getProviders(settings)) {
                CredentialProvider.CredentialEntry entry = provider.getCredentialEntry(ref.key());
                if (entry != null) {
                    return Optional.of(new Secret(new String(entry.getCredential())));
                }
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new SecretException(
                    "the credential store " + store + " cannot be read",
                    "Check that it exists, that this user may read it, and that HADOOP_CREDSTORE_PASSWORD is its"
                            + " password.");
        }
    }

    @Override
    public String remedy(SecretRef ref) {
        return "Create it: hadoop credential create " + ref.key() + " -provider " + store;
    }
}
