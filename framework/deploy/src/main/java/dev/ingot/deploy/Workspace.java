package dev.ingot.deploy;

import java.util.List;

/**
 * A platform that can be reached. Every method throws {@link dev.ingot.diagnostics.IngotException} with place, reason and
 * remedy when the platform refuses, cannot be reached or answers nonsense.
 */
public interface Workspace extends AutoCloseable {

    /** What making the jobs as they are declared would change there, in the order of doing; empty when nothing. */
    List<Change> changes();

    /** Makes changes that {@link #changes} told. */
    void apply(List<Change> changes);

    /**
     * Starts a run; or finds the one of the same request that was started before under the same name, whatever became of
     * the answer. Where that one failed or was cancelled, another attempt is started.
     */
    RemoteRun submit(Submission submission);

    @Override
    void close();
}
