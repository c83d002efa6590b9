package dev.ingot.deploy.rest;

import java.time.Duration;
import java.util.Objects;

/**
 * Sets timeout, attempts and exponential backoff of a client.
 *
 * @param timeout the timeout of a connection and of a response
 * @param attempts the maximum number of attempts of a request
 * @param pause the pause before the second attempt; doubled before each further one
 * @param longest the upper limit of a pause, also for the server's Retry-After
 */
public record RetryPolicy(Duration timeout, int attempts, Duration pause, Duration longest) {

    /** The policy for services on the internet. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(Duration.ofSeconds(60), 5, Duration.ofSeconds(1), Duration.ofSeconds(60));

    public RetryPolicy {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(longest, "longest");
    }

    /** Returns the pause after an attempt, counted from 1. */
    Duration after(int attempt) {
        Duration doubled = pause.multipliedBy(1L << Math.min(attempt - 1, 16));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
