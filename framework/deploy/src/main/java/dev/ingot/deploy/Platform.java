package dev.ingot.deploy;

import dev.ingot.config.SecretScope;
import dev.ingot.diagnostics.Diagnostics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Deploys jobs to one kind of platform. Each platform is a class with its options, templates and test, found by
 * {@link java.util.ServiceLoader}.
 *
 * @param <O> the options of {@code deploy: {<name>: ...}} in an environment, with {@code @Option} on each component
 */
public interface Platform<O extends Record> {

    /** Returns the name in {@code ingot deploy <name>}, which is also the folder below {@code deploy/}. */
    String name();

    /** Returns a description in one sentence for the reference. */
    String summary();

    Class<O> options();

    /**
     * Returns the secret providers that a job can reach where it runs. Settings with secrets of other providers are an
     * error. The result depends on the options when another platform runs the job.
     */
    default Set<SecretScope.Provider> secretProviders(O options) {
        return SecretProviderSupport.SELF_HOSTED;
    }

    /**
     * Generates the platform's native job definitions: paths below {@code deploy/<name>/<environment>/} and their
     * texts. The output is deterministic: the same deployment produces the same bytes at any time, on any machine. It
     * contains no secret's value.
     *
     * @param diagnostics receives an error for everything that this platform cannot express, such as a schedule; the
     *     returned files are unusable then
     */
    SortedMap<String, String> files(Deployment deployment, O options, Diagnostics diagnostics);

    /** Validates such files: reports violations of the platform's schema and dangling references. */
    void check(Map<String, String> files, Diagnostics diagnostics);

    /**
     * Returns a client of the platform's workspace; empty when the platform takes files only.
     *
     * @param artifacts uploaded when the platform does not have them; need not exist to list changes or to start a run
     * @param processEnvironment where the platform's own tools read its credentials, normally {@link System#getenv()}
     */
    default Optional<Workspace> workspace(
            Deployment deployment, O options, Artifacts artifacts, Map<String, String> processEnvironment) {
        return Optional.empty();
    }
}
