package dev.ingot.config;

import java.util.Objects;

/**
 * An effective value and its origin.
 *
 * @param origin a place such as {@code conf/env/local.yml:3:7}, {@code --var} or {@code built-in default}
 */
public record Setting<T>(String name, T value, String origin) {

    public Setting {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(origin, "origin");
    }
}
