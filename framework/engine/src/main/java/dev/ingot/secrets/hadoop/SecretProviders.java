package dev.ingot.secrets.hadoop;

import dev.ingot.config.SecretScope;
import dev.ingot.secrets.SecretProvider;
import dev.ingot.secrets.provider.AwsSecretsManagerSecrets;
import dev.ingot.secrets.provider.AzureKeyVaultSecrets;
import dev.ingot.secrets.provider.DatabricksSecrets;
import dev.ingot.secrets.provider.EnvironmentSecrets;
import dev.ingot.secrets.provider.FileSecrets;
import dev.ingot.secrets.provider.SynapseSecrets;
import java.nio.file.Path;
import java.util.Map;

/** Creates the provider for each kind of secret scope. */
final class SecretProviders {

    private SecretProviders() {}

    /**
     * Creates the provider that a scope configures.
     *
     * @param environment the process's environment variables
     */
    static SecretProvider of(String name, SecretScope scope, Map<String, String> environment) {
        return switch (scope.provider()) {
            case ENV -> new EnvironmentSecrets(environment);
            case FILE -> new FileSecrets(Path.of(scope.path().orElseThrow()));
            case HADOOP -> new HadoopSecrets(scope.path().orElseThrow());
            case AZURE_KEY_VAULT -> new AzureKeyVaultSecrets(scope.vault().orElseThrow(), environment);
            case AWS_SECRETS_MANAGER ->
                new AwsSecretsManagerSecrets(scope.region().orElseThrow(), scope.endpoint(), environment);
            case DATABRICKS -> new DatabricksSecrets(scope.scope().orElse(name));
            case SYNAPSE -> new SynapseSecrets(scope.vault(), scope.linkedService());
        };
    }
}
