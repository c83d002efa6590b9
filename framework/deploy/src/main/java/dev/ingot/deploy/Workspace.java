package dev.ingot.deploy;

import java.util.List;

/**
 * A client of a platform's API. Every method throws {@link dev.ingot.diagnostics.IngotException} with place, reason and
 * remedy when the platform rejects the request, cannot be reached or returns an invalid response.
 */
public interface Workspace extends AutoCloseable {

    /**
     * Compares the declared jobs with the platform's and returns the changes to apply, in order; empty when there are
     * none.
     */
    List<Change> changes();

    /** Applies changes that {@link #changes} returned. */
    void apply(List<Change> changes);

    /**
     * Starts a run idempotently: finds the run that an identical earlier request started, even if its response was
     * lost. When that run failed or was cancelled, starts another attempt.
     */
    RemoteRun submit(Submission submission);

    @Override
    void close();
}
