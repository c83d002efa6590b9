package dev.ingot.deploy;

import dev.ingot.config.SecretScope;
import dev.ingot.config.SparkSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.plan.ReleaseCheck;
import dev.ingot.secrets.SecretText;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Binds a platform and its options in an environment to the deployment that runs there.
 *
 * @param <O> the platform's options
 */
public record DeploymentTarget<O extends Record>(Platform<O> platform, O options, Deployment deployment) {

    public DeploymentTarget {
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(deployment, "deployment");
    }

    /** Returns the folder of the platform's files, relative to the project. */
    public String folder() {
        return "deploy/" + platform.name() + "/" + deployment.environment();
    }

    /**
     * Generates and validates the platform's files: paths relative to the project, and their texts.
     *
     * @param diagnostics receives a warning for whatever is left out
     * @throws dev.ingot.diagnostics.IngotException with every error and everything that the platform cannot express
     */
    public SortedMap<String, String> files(Diagnostics diagnostics) {
        checkSupported(diagnostics);
        Map<String, String> files = platform.files(deployment, options, diagnostics);
        diagnostics.throwIfErrors();
        platform.check(files, diagnostics);
        diagnostics.throwIfErrors();
        SortedMap<String, String> placed = new TreeMap<>();
        files.forEach((path, text) -> placed.put(folder() + "/" + path, text));
        return Collections.unmodifiableSortedMap(placed);
    }

    /** Reports what no platform supports, and what this platform's jobs do not. */
    private void checkSupported(Diagnostics diagnostics) {
        ReleaseCheck.of(deployment.plan()).forEach(diagnostics::add);
        checkPlainSecrets(diagnostics);
        checkSecretProviders(diagnostics);
    }

    /** Reports plaintext secrets: many people can read a job definition, and platforms keep its history. */
    private void checkPlainSecrets(Diagnostics diagnostics) {
        deployment.plan().project().spark().forEach((name, value) -> {
            if (value instanceof SecretText.Plain plain && SparkSettings.looksLikeSecret(name, plain)) {
                diagnostics.add(Diagnostic.error(
                        Code.CONF_SECRET_PLACE,
                        SourceSpan.of("conf/env/" + deployment.environment() + ".yml"),
                        "Cannot write '" + name + "' into job definitions: its value looks like a secret",
                        "Store it in a secret scope, and write ${secret:scope/key} instead."));
            }
        });
    }

    private void checkSecretProviders(Diagnostics diagnostics) {
        Set<SecretScope.Provider> providers = platform.secretProviders(options);
        deployment.plan().project().spark().values().stream()
                .filter(SecretText.Hidden.class::isInstance)
                .map(hidden -> ((SecretText.Hidden) hidden).ref().scope())
                .distinct()
                .forEach(scope -> {
                    SecretScope.Provider provider =
                            deployment.plan().project().secrets().get(scope).provider();
                    if (!providers.contains(provider)) {
                        diagnostics.add(Diagnostic.error(
                                        Code.DEPLOY_PLATFORM,
                                        SourceSpan.of("conf/env/" + deployment.environment() + ".yml"),
                                        "Cannot read the secrets of the scope '" + scope + "' on '" + platform.name()
                                                + "': jobs there cannot reach the provider '" + provider + "'",
                                        "Use another provider in this environment, or a separate environment for this"
                                                + " platform.")
                                .accepting(
                                        providers.stream()
                                                .map(SecretScope.Provider::toString)
                                                .toList(),
                                        ""));
                    }
                });
    }

    /**
     * Returns a client of the platform's workspace; empty when the platform takes files only.
     *
     * @throws dev.ingot.diagnostics.IngotException when the plan cannot run from a release, or its jobs cannot read
     *     their secrets
     */
    public Optional<Workspace> workspace(Artifacts artifacts, Map<String, String> processEnvironment) {
        Diagnostics diagnostics = new Diagnostics();
        checkSupported(diagnostics);
        diagnostics.throwIfErrors();
        return platform.workspace(deployment, options, artifacts, processEnvironment);
    }
}
