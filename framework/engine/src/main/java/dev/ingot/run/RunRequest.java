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
 * The parameters of a run.
 *
 * @param tables the tables to update
 * @param refreshMode whether the tables are updated incrementally or rebuilt
 * @param width how many pipelines run in parallel
 * @param part whether other processes may run other tables under the same run id
 * @param reproduction the run whose input is read instead of new input; empty in an ordinary run
 */
public record RunRequest(
        Set<TableId> tables, RefreshMode refreshMode, int width, Part part, Optional<Reproduction> reproduction) {

    /** How much of a run a request covers. */
    public enum Part {
        /** The whole run. */
        WHOLE,
        /** The part of one of a platform's tasks, or of a retry: it shares table versions with the other tasks. */
        TASK
    }

    public RunRequest {
        tables = Collections.unmodifiableSet(new TreeSet<>(tables));
        Objects.requireNonNull(refreshMode, "refreshMode");
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(reproduction, "reproduction");
        if (width < 1) {
            throw new IllegalArgumentException("a run needs a width of at least 1, not " + width);
        }
    }
}
