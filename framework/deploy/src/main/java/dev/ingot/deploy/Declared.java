package dev.ingot.deploy;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.secrets.SecretText;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A platform as an environment declares it, and what is to run there.
 *
 * @param <O> the platform's options
 */
public record Declared<O extends Record>(Platform<O> platform, O options, Deployment deployment) {

    public Declared {
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
        keepersElsewhere(diagnostics);
        Map<String, String> files = platform.files(deployment, options, diagnostics);
        diagnostics.throwIfErrors();
        platform.check(files, diagnostics);
        diagnostics.throwIfErrors();
        SortedMap<String, String> placed = new TreeMap<>();
        files.forEach((path, text) -> placed.put(folder() + "/" + path, text));
        return Collections.unmodifiableSortedMap(placed);
    }

    /** Databricks and Synapse give their secrets to their own jobs only. */
    private void keepersElsewhere(Diagnostics diagnostics) {
        deployment.plan().project().spark().values().stream()
                .filter(SecretText.Hidden.class::isInstance)
                .map(hidden -> ((SecretText.Hidden) hidden).ref().scope())
                .distinct()
                .forEach(scope -> {
                    String keeper = deployment
                            .plan()
                            .project()
                            .secrets()
                            .get(scope)
                            .provider()
                            .toString();
                    boolean elsewhere = Platforms.byName().containsKey(keeper) && !keeper.equals(platform.name());
                    if (elsewhere && !platform.name().equals("airflow")) {
                        diagnostics.add(Diagnostic.error(
                                Code.DEPLOY_PLATFORM,
                                SourceSpan.of("conf/env/" + deployment.environment() + ".yml"),
                                "Cannot read the secrets of the scope '" + scope + "' on '" + platform.name()
                                        + "': its provider '" + keeper + "' gives them to jobs of that platform only",
                                "Use another provider in this environment, or an environment of its own."));
                    }
                });
    }

    /** The platform over the network; empty when it takes files only. */
    public Optional<Workspace> workspace(Artifacts artifacts, Map<String, String> processEnvironment) {
        return platform.workspace(deployment, options, artifacts, processEnvironment);
    }
}
