package dev.ingot.delta;

import java.util.Map;
import java.util.Objects;

/**
 * A Delta table as it stands.
 *
 * @param id the identity that the table was given when it was created here; empty for a table of another hand
 * @param properties the table's properties
 */
public record TableSnapshot(String location, String id, long version, Map<String, String> properties) {

    public TableSnapshot {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(id, "id");
        properties = Map.copyOf(properties);
    }

    /** Whether the table keeps a change feed. */
    public boolean hasChangeFeed() {
        return "true".equals(properties.get("delta.enableChangeDataFeed"));
    }
}
