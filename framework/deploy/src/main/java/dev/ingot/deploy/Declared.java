package dev.ingot.deploy;

import dev.ingot.diagnostics.Diagnostics;
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
        Map<String, String> files = platform.files(deployment, options, diagnostics);
        diagnostics.throwIfErrors();
        platform.check(files, diagnostics);
        diagnostics.throwIfErrors();
        SortedMap<String, String> placed = new TreeMap<>();
        files.forEach((path, text) -> placed.put(folder() + "/" + path, text));
        return Collections.unmodifiableSortedMap(placed);
    }

    /** The platform over the network; empty when it takes files only. */
    public Optional<Workspace> workspace(Artifacts artifacts, Map<String, String> processEnvironment) {
        return platform.workspace(deployment, options, artifacts, processEnvironment);
    }
}
