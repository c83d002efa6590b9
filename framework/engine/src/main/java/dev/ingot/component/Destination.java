package dev.ingot.component;

import dev.ingot.options.Expression;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The table that a target writes to.
 *
 * @param location its address
 * @param partitions the columns by whose values its files are parted
 * @param sql an expression of the pipeline with the values of its parameters
 */
public record Destination(String location, List<String> partitions, Function<Expression, String> sql) {

    public Destination {
        Objects.requireNonNull(location, "location");
        partitions = List.copyOf(partitions);
        Objects.requireNonNull(sql, "sql");
    }
}
