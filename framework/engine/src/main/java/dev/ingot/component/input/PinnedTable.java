package dev.ingot.component.input;

import java.util.Objects;

/**
 * A table of the lake at the version that this run sees.
 *
 * @param location its address
 * @param tableId its identity, which changes when it is re-created
 */
public record PinnedTable(String location, String tableId, long version) {

    public PinnedTable {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(tableId, "tableId");
    }
}
