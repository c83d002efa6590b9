package dev.ingot.deploy;

import java.util.List;
import java.util.Objects;

/** A run on a platform. */
public interface RemoteRun {

    /** Returns the platform's id of the run. */
    String id();

    /** Returns the URL of the run's page, printed before any waiting. */
    String page();

    /** Reads the current state, with one request to the platform. */
    State state();

    /** Requests cancellation; {@link #state} shows when the run has ended. */
    void cancel();

    /** The phase of a run's lifecycle. */
    enum Phase {
        WAITING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        public boolean isEnd() {
            return compareTo(RUNNING) > 0;
        }

        /** Returns whether the run ended without completing its work. */
        public boolean isBadEnd() {
            return this == FAILED || this == CANCELLED;
        }
    }

    /**
     * The state of a run at one moment.
     *
     * @param description the state as the platform names it; an unknown name counts as running
     * @param messages why the run failed: each failed task with its error
     */
    record State(Phase phase, String description, List<String> messages) {

        public State {
            Objects.requireNonNull(phase, "phase");
            Objects.requireNonNull(description, "description");
            messages = List.copyOf(messages);
        }
    }
}
