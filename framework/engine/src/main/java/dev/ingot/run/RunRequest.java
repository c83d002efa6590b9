package dev.ingot.run;

import dev.ingot.names.TableId;
import dev.ingot.run.recovery.Reproduction;
import dev.ingot.state.RefreshMode;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run is asked to do.
 *
 * @param tables the tables to bring up to date
 * @param refreshMode whether they take in what is new or are rebuilt
 * @param width how many pipelines run at once
 * @param part whether other processes may run other tables under the same name
 * @param again what is read once more instead of what is new; empty in a run of its own
 */
public record RunRequest(
        Set<TableId> tables, RefreshMode refreshMode, int width, Part part, Optional<Reproduction> again) {

    /** How much of a run this is. */
    public enum Part {
        /** All of it. */
        WHOLE,
        /** As much as one of a platform's tasks, or a retry: what the others see and make counts for it too. */
        TASK
    }

    public RunRequest {
        tables = Collections.unmodifiableSet(new TreeSet<>(tables));
        Objects.requireNonNull(refreshMode, "refreshMode");
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(again, "again");
        if (width < 1) {
            throw new IllegalArgumentException("a run needs a width of at least 1, not " + width);
        }
    }
}
