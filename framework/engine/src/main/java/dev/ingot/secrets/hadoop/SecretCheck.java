package dev.ingot.secrets.hadoop;

import dev.ingot.config.Project;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretRef;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProviderFactory;

/** Reports which secrets cannot be resolved, before anything starts. */
public record SecretCheck(SecretResolver resolver, SourceSpan place) {

    public SecretCheck {
        Objects.requireNonNull(resolver, "resolver");
        Objects.requireNonNull(place, "place");
    }

    /**
     * Creates the check of a project's environment.
     *
     * @param processEnvironment the environment variables, which hold the secrets of the provider 'env'
     */
    public static SecretCheck of(Project project, Map<String, String> processEnvironment) {
        return new SecretCheck(
                new SecretResolver(processEnvironment, Clock.systemUTC()),
                SourceSpan.of("conf/env/" + project.environment() + ".yml"));
    }

    /**
     * Resolves every secret that Hadoop's settings reference.
     *
     * @throws IngotException with all that cannot be resolved, or when Hadoop does not find Ingot's credential provider
     */
    public void check(Configuration settings) {
        SecretReferences references = new SecretReferences(settings);
        Set<String> names = references.names();
        Diagnostics diagnostics = new Diagnostics();
        if (!names.isEmpty()) {
            checkProviders(settings, diagnostics);
        }
        for (String name : names) {
            try {
                SecretRef ref = references.of(name).orElseThrow();
                resolve(name, ref, references, diagnostics);
            } catch (SecretException invalid) {
                report("Cannot resolve the secret for '" + name + "'", invalid, diagnostics);
            }
        }
        diagnostics.throwIfErrors();
    }

    private void resolve(String name, SecretRef ref, SecretReferences references, Diagnostics diagnostics) {
        try {
            resolver.resolve(ref, references.scope(ref.scope()));
        } catch (SecretException failed) {
            report("Cannot resolve " + ref + " for '" + name + "'", failed, diagnostics);
        }
    }

    private void report(String what, SecretException failed, Diagnostics diagnostics) {
        diagnostics.add(
                Diagnostic.error(Code.CONF_SECRET_MISSING, place, what + ": " + failed.getMessage(), failed.remedy()));
    }

    private void checkProviders(Configuration settings, Diagnostics diagnostics) {
        try {
            // By name: with Spark's userClassPathFirst, Hadoop loads the class with another class loader.
            boolean found = CredentialProviderFactory.getProviders(settings).stream()
                    .anyMatch(provider -> provider.getClass().getName().equals(ReferenceCredentials.class.getName()));
            if (found) {
                return;
            }
        } catch (IOException unknown) {
            // Hadoop does not know one of the providers; the error below covers the case that it is Ingot's.
        }
        diagnostics.add(Diagnostic.error(
                Code.ENV_SPARK,
                place,
                "Cannot resolve secrets through Hadoop: it does not find a credential provider for every address in "
                        + CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH + " ("
                        + settings.get(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH) + ")",
                "Ingot's jar must be on the class path when Spark starts: add it to spark.driver.extraClassPath and"
                        + " spark.executor.extraClassPath, or to Spark's own jars."));
    }
}
