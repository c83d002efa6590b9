package dev.ingot.options;

import java.util.Objects;

/** A Spark SQL query written in YAML. */
public record Query(Expression content) {

    public Query {
        Objects.requireNonNull(content, "content");
    }

    @Override
    public String toString() {
        return content.toString();
    }
}
