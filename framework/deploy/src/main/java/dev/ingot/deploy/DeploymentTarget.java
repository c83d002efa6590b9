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
 * A platform as an environment declares it, and what is to run there.
 *
 * @param <O> the platform's options
 */
public record DeploymentTarget<O extends Record>(Platform<O> platform, O options, Deployment deployment) {

    public DeploymentTarget {
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(deployment, "deployment");
    }

    /** The folder of the platform's files, below the project. */
    public String folder() {
        return "deploy/" + platform.name() + "/" + deployment.environment();
    }

    /**
     * The platform's files, checked: paths below the project and their texts.
     *
     * @param diagnostics takes what is left out, as warnings
     * @throws dev.ingot.diagnostics.IngotException with everything that the platform cannot say, or that is wrong
     */
    public SortedMap<String, String> files(Diagnostics diagnostics) {
        refuse(diagnostics);
        Map<String, String> files = platform.files(deployment, options, diagnostics);
        diagnostics.throwIfErrors();
        platform.check(files, diagnostics);
        diagnostics.throwIfErrors();
        SortedMap<String, String> placed = new TreeMap<>();
        files.forEach((path, text) -> placed.put(folder() + "/" + path, text));
        return Collections.unmodifiableSortedMap(placed);
    }

    /** What no platform can do, and what this one's jobs cannot. */
    private void refuse(Diagnostics diagnostics) {
        ReleaseCheck.of(deployment.plan()).forEach(diagnostics::add);
        refusePlainSecrets(diagnostics);
        refuseKeepersElsewhere(diagnostics);
    }

    /** A job's definition is read by many, and is kept. */
    private void refusePlainSecrets(Diagnostics diagnostics) {
        deployment.plan().project().spark().forEach((name, value) -> {
            if (value instanceof SecretText.Plain plain && SparkSettings.looksSecret(name, plain)) {
                diagnostics.add(Diagnostic.error(
                        Code.CONF_SECRET_PLACE,
                        SourceSpan.of("conf/env/" + deployment.environment() + ".yml"),
                        "Cannot write '" + name + "' into job definitions: its value looks like a secret",
                        "Keep it in a secret scope, and write ${secret:scope/key} there."));
            }
        });
    }

    private void refuseKeepersElsewhere(Diagnostics diagnostics) {
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
                                                + "': jobs there cannot ask the provider '" + provider + "'",
                                        "Use another provider in this environment, or an environment of its own.")
                                .accepting(
                                        providers.stream()
                                                .map(SecretScope.Provider::toString)
                                                .toList(),
                                        ""));
                    }
                });
    }

    /**
     * The platform over the network; empty when it takes files only.
     *
     * @throws dev.ingot.diagnostics.IngotException when the plan cannot be run from a release, or its jobs could not read their secrets
     */
    public Optional<Workspace> workspace(Artifacts artifacts, Map<String, String> processEnvironment) {
        Diagnostics diagnostics = new Diagnostics();
        refuse(diagnostics);
        diagnostics.throwIfErrors();
        return platform.workspace(deployment, options, artifacts, processEnvironment);
    }
}
