package dev.ingot.component;

import dev.ingot.component.rows.KeyRange;
import dev.ingot.options.Expression;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * The table that a target writes to.
 *
 * @param location the table's address
 * @param partitions the partition columns
 * @param range the key range that the batch may change
 * @param rangeIsEmpty whether the table certainly has no row in this range
 * @param piiColumns columns of piiColumns data, whose values no message shows
 * @param sql returns an expression of the pipeline with its parameters replaced by literals
 */
public record WriteContext(
        String location,
        List<String> partitions,
        KeyRange range,
        boolean rangeIsEmpty,
        Set<String> piiColumns,
        Function<Expression, String> sql) {

    public WriteContext {
        Objects.requireNonNull(location, "location");
        partitions = List.copyOf(partitions);
        Objects.requireNonNull(range, "range");
        piiColumns = Set.copyOf(piiColumns);
        Objects.requireNonNull(sql, "sql");
    }
}
