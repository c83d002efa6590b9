package dev.ingot.deploy;

import dev.ingot.config.SecretScope;
import dev.ingot.diagnostics.Diagnostics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * A place where jobs run. One class with its options, its templates and its test, found by {@link java.util.ServiceLoader}.
 *
 * @param <O> what an environment's {@code deploy: {<name>: ...}} may say, with {@code @Option} on each component
 */
public interface Platform<O extends Record> {

    /** The word in {@code ingot deploy <name>}, and the folder below {@code deploy/}. */
    String name();

    /** What it is, in one sentence for the reference. */
    String summary();

    Class<O> options();

    /**
     * The keepers of secrets that a job can ask where it runs; settings that name secrets of others are refused. Which
     * those are may follow from the options, where another platform runs the job.
     */
    default Set<SecretScope.Provider> secretProviders(O options) {
        return SecretProviderSupport.ON_OWN_MACHINES;
    }

    /**
     * The platform's own job definitions: paths below {@code deploy/<name>/<environment>/} and their texts. The same
     * deployment gives the same bytes: no clock, no machine, no order that may change. No secret's value is in them.
     *
     * @param diagnostics where everything is reported that this platform cannot say, such as a schedule; what is
     *     returned then is of no use
     */
    SortedMap<String, String> files(Deployment deployment, O options, Diagnostics diagnostics);

    /** Reports what is wrong with such files: what breaks the platform's schema, what refers to nothing. */
    void check(Map<String, String> files, Diagnostics diagnostics);

    /**
     * The platform itself, over the network; empty when it takes files only.
     *
     * @param artifacts what is uploaded where the platform has it not; need not exist to look or to start a run
     * @param processEnvironment where the platform's own tools look for its credentials, normally {@link System#getenv()}
     */
    default Optional<Workspace> workspace(
            Deployment deployment, O options, Artifacts artifacts, Map<String, String> processEnvironment) {
        return Optional.empty();
    }
}
