package dev.ingot.delta;

import java.util.Map;
import java.util.Objects;

/**
 * A Delta table at its current version.
 *
 * @param id the identity that Ingot assigned when it created the table; empty for a table created outside Ingot
 * @param properties the table's properties
 */
public record TableSnapshot(String location, String id, long version, Map<String, String> properties) {

    public TableSnapshot {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(id, "id");
        properties = Map.copyOf(properties);
    }

    /** Returns whether the change data feed is enabled. */
    public boolean hasChangeFeed() {
        return "true".equals(properties.get("delta.enableChangeDataFeed"));
    }
}
