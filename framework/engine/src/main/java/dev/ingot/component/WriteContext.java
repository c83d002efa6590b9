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
 * @param location its address
 * @param partitions the columns by whose values its files are parted
 * @param range where in the table the batch may change anything
 * @param vacant whether the table certainly has no row there
 * @param personal columns that speak of persons, so that no message shows their values
 * @param sql an expression of the pipeline with the values of its parameters
 */
public record WriteContext(
        String location,
        List<String> partitions,
        KeyRange range,
        boolean vacant,
        Set<String> personal,
        Function<Expression, String> sql) {

    public WriteContext {
        Objects.requireNonNull(location, "location");
        partitions = List.copyOf(partitions);
        Objects.requireNonNull(range, "range");
        personal = Set.copyOf(personal);
        Objects.requireNonNull(sql, "sql");
    }
}
