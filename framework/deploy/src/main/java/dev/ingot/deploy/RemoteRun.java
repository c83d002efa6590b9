package dev.ingot.deploy;

import java.util.List;
import java.util.Objects;

/** A run on a platform, told by the platform's own name for it. */
public interface RemoteRun {

    /** The platform's name for the run. */
    String id();

    /** Where a person looks at the run; told before anything is waited for. */
    String page();

    /** How it stands now: one question to the platform. */
    State state();

    /** Asks the platform to end it; {@link #state} tells when it has. */
    void cancel();

    /** How a run stands. */
    enum Phase {
        WAITING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        public boolean isEnd() {
            return compareTo(RUNNING) > 0;
        }

        /** Whether it is over without having done all that it should. */
        public boolean isBadEnd() {
            return this == FAILED || this == CANCELLED;
        }
    }

    /**
     * How a run stands at a moment.
     *
     * @param words the platform's own words for it; a word that is not known counts as running
     * @param messages what a person needs to know of a failure: each failing task with its error
     */
    record State(Phase phase, String words, List<String> messages) {

        public State {
            Objects.requireNonNull(phase, "phase");
            Objects.requireNonNull(words, "words");
            messages = List.copyOf(messages);
        }
    }
}
