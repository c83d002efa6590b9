package dev.ingot.secrets.provider;

import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretProvider;
import dev.ingot.secrets.SecretRef;
import java.util.Objects;
import java.util.Optional;

/** Reads secrets from a Databricks secret scope, through {@code dbutils.secrets.get} on a cluster's driver. */
public final class DatabricksSecrets implements SecretProvider {

    private static final String HOLDER = "com.databricks.dbutils_v1.DBUtilsHolder";

    private final PlatformLibrary library = new PlatformLibrary("Databricks");
    private final String scope;

    /**
     * Creates the provider of a scope's secrets.
     *
     * @param scope its name in the workspace
     */
    public DatabricksSecrets(String scope) {
        this.scope = Objects.requireNonNull(scope, "scope");
    }

    @Override
    public Optional<Secret> find(SecretRef ref) {
        return library.callStatic(HOLDER, "dbutils")
                .flatMap(dbutils -> library.call(dbutils, "secrets"))
                .flatMap(secrets -> library.call(secrets, "get", scope, ref.key()))
                .map(result -> new Secret(result.value().toString()));
    }

    @Override
    public String remedy(SecretRef ref) {
        return "Add '" + ref.key() + "' to the secret scope '" + scope
                + "' of the workspace, and grant READ on it to the identity that runs the job.";
    }
}
