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

/** Tells before anything is begun which secrets cannot be had. */
public record SecretCheck(SecretResolver resolver, SourceSpan place) {

    public SecretCheck {
        Objects.requireNonNull(resolver, "resolver");
        Objects.requireNonNull(place, "place");
    }

    /**
     * The check of an environment.
     *
     * @param processEnvironment where secrets of the provider 'env' are
     */
    public static SecretCheck of(Project project, Map<String, String> processEnvironment) {
        return new SecretCheck(
                new SecretResolver(processEnvironment, Clock.systemUTC()),
                SourceSpan.of("conf/env/" + project.environment() + ".yml"));
    }

    /**
     * Resolves every secret that Hadoop's settings refer to.
     *
     * @throws IngotException with all that cannot be resolved, or when Hadoop cannot ask for them
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
            } catch (SecretException unfit) {
                report("Cannot resolve the secret for '" + name + "'", unfit, diagnostics);
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
            // By name: with Spark's userClassPathFirst Hadoop has the class from another loader.
            boolean seen = CredentialProviderFactory.getProviders(settings).stream()
                    .anyMatch(provider -> provider.getClass().getName().equals(ReferenceCredentials.class.getName()));
            if (seen) {
                return;
            }
        } catch (IOException unknown) {
            // One of the providers is not known to Hadoop; below is said which can be Ingot's fault.
        }
        diagnostics.add(Diagnostic.error(
                Code.ENV_SPARK,
                place,
                "Cannot let Hadoop ask for secrets: it finds no provider for every address of "
                        + CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH + " ("
                        + settings.get(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH) + ")",
                "Ingot's jar must be on the class path with which Spark starts: name it in spark.driver.extraClassPath and"
                        + " spark.executor.extraClassPath, or put it into Spark's own jars."));
    }
}
