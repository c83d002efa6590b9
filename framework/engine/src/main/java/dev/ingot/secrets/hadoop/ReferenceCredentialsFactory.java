package dev.ingot.secrets.hadoop;

import dev.ingot.config.SparkSettings;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;

/**
 * Creates the credential provider for the address {@link SparkSettings#PROVIDER}. Hadoop finds this class as a service,
 * through its own class loader, so Ingot's jar must be on the class path that the JVM was started with.
 */
public final class ReferenceCredentialsFactory extends CredentialProviderFactory {

    @Override
    public CredentialProvider createProvider(URI address, Configuration settings) {
        return address.toString().equals(SparkSettings.PROVIDER)
                ? new ReferenceCredentials(new SecretReferences(settings), SecretResolver.ofThisProcess())
                : null;
    }
}
