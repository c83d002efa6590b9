package dev.ingot.delta;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One version of a table, from its history.
 *
 * @param operation Delta's name of the operation: WRITE, MERGE, RESTORE, OPTIMIZE ...
 * @param parameters the operation's parameters; values are JSON or plain text, as Delta writes them
 * @param metrics the operation's metrics, such as {@code numOutputRows}
 * @param userMetadata the user metadata that the writer set on the commit
 */
public record TableVersion(
        long number,
        Instant timestamp,
        String operation,
        Map<String, String> parameters,
        Map<String, String> metrics,
        Optional<String> userMetadata) {

    /** The user metadata of a commit that rewrote all rows with wider types. */
    static final String WIDENING = "{\"widening\":true}";

    /** Operations that change no row. */
    private static final Set<String> ROW_PRESERVING = Set.of(
            "OPTIMIZE",
            "VACUUM START",
            "VACUUM END",
            "CREATE TABLE",
            "SET TBLPROPERTIES",
            "UNSET TBLPROPERTIES",
            "ADD COLUMNS",
            "CHANGE COLUMN",
            "CHANGE COLUMNS",
            "UPGRADE PROTOCOL",
            "ADD CONSTRAINT",
            "DROP CONSTRAINT",
            "CLUSTER BY",
            "COMPUTE STATS");

    public TableVersion {
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(operation, "operation");
        parameters = Map.copyOf(parameters);
        metrics = Map.copyOf(metrics);
        Objects.requireNonNull(userMetadata, "userMetadata");
    }

    /** Returns whether the commit may have changed rows: true unless its operation is known to preserve them. */
    public boolean changesRows() {
        return !ROW_PRESERVING.contains(operation) && !isWidening();
    }

    /** Returns whether the commit rewrote all rows with wider types, and changed nothing else. */
    public boolean isWidening() {
        return userMetadata.equals(Optional.of(WIDENING));
    }

    /** Returns one of the metrics; 0 when the operation has none of this name. */
    public long metric(String name) {
        return Long.parseLong(metrics.getOrDefault(name, "0"));
    }
}
