package dev.ingot.deploy.rest;

import java.time.Duration;
import java.util.Objects;

/**
 * How patient a client is.
 *
 * @param timeout how long an answer may take
 * @param attempts how often a request is made at most
 * @param pause before the second attempt; doubled before each further one
 * @param longest no pause is longer, whatever the server asks for
 */
public record RetryPolicy(Duration timeout, int attempts, Duration pause, Duration longest) {

    /** For services on the internet. */
    public static final RetryPolicy PATIENT =
            new RetryPolicy(Duration.ofSeconds(60), 5, Duration.ofSeconds(1), Duration.ofSeconds(60));

    public RetryPolicy {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(longest, "longest");
    }

    /** The pause after an attempt, counted from 1. */
    Duration after(int attempt) {
        Duration doubled = pause.multipliedBy(1L << Math.min(attempt - 1, 16));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
