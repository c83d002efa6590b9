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
 * @param again what is read once more instead of what is new; empty in a run of its own
 */
public record RunRequest(Set<TableId> tables, Scope scope, int width, Optional<Reproduction> again) {

    /** How far back a run goes. */
    public enum Scope {
        /** What no run has read. */
        NEW,
        /** Everything that the sources have, whatever was read before. */
        FULL_REFRESH
    }

    public RunRequest {
        tables = Collections.unmodifiableSet(new TreeSet<>(tables));
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(again, "again");
        if (width < 1) {
            throw new IllegalArgumentException("a run needs a width of at least 1, not " + width);
        }
    }
}
