package dev.ingot.component.input;

import java.util.Objects;

/**
 * A table of the lake, pinned to the version that this run reads.
 *
 * @param location the table's address
 * @param tableId the identity that Ingot gave the table, which changes when it is re-created
 */
public record PinnedTable(String location, String tableId, long version) {

    public PinnedTable {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(tableId, "tableId");
    }
}
