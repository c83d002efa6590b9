package dev.ingot.run;

import dev.ingot.names.TableId;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run is asked to do.
 *
 * @param tables the tables to bring up to date
 * @param scope whether they take in what is new or are built anew
 * @param width how many pipelines run at once
 * @param part whether other processes may run other tables under the same name
 * @param again what is read once more instead of what is new; empty in a run of its own
 */
public record RunRequest(Set<TableId> tables, Scope scope, int width, Part part, Optional<Reproduction> again) {

    /** How far back a run goes. */
    public enum Scope {
        /** What no run has read. */
        NEW,
        /** Everything that the sources have, whatever was read before. */
        FULL_REFRESH
    }

    /** How much of a run this is. */
    public enum Part {
        /** All of it. */
        WHOLE,
        /** As much as one of a platform's tasks, or a retry: what the others see and make counts for it too. */
        TASK
    }

    public RunRequest {
        tables = Collections.unmodifiableSet(new TreeSet<>(tables));
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(again, "again");
        if (width < 1) {
            throw new IllegalArgumentException("a run needs a width of at least 1, not " + width);
        }
    }
}
