package dev.ingot.delta;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One version of a table, as its history tells.
 *
 * @param operation Delta's name of what was done: WRITE, MERGE, RESTORE, OPTIMIZE ...
 * @param parameters the operation's parameters; values are JSON or plain text, as Delta writes them
 * @param metrics the operation's figures, such as {@code numOutputRows}
 * @param userMetadata what the writer put into the commit
 */
public record TableVersion(
        long number,
        Instant timestamp,
        String operation,
        Map<String, String> parameters,
        Map<String, String> metrics,
        Optional<String> userMetadata) {

    /** What the commit carries that wrote all rows anew with wider types. */
    static final String WIDENING = "{\"widening\":true}";

    /** Operations that change no row. */
    private static final Set<String> WITHOUT_ROWS = Set.of(
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

    /** Whether the commit may have changed rows: every one that is not known to leave them alone. */
    public boolean changesRows() {
        return !WITHOUT_ROWS.contains(operation) && !isWidening();
    }

    /** Whether the commit wrote all rows anew with wider types, and changed nothing else. */
    public boolean isWidening() {
        return userMetadata.equals(Optional.of(WIDENING));
    }

    /** One of the figures; 0 when the operation has none of this name. */
    public long metric(String name) {
        return Long.parseLong(metrics.getOrDefault(name, "0"));
    }
}
