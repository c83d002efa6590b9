package dev.ingot.deploy.databricks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets so many requests go in a second; the first few go at once. Databricks answers more than it likes with 429. */
final class RequestRate {

    private static final int AT_ONCE = 10;

    private final long nanos;
    private long next = System.nanoTime();

    RequestRate(int perSecond) {
        this.nanos = Duration.ofSeconds(1).toNanos() / perSecond;
        this.next -= AT_ONCE * nanos;
    }

    synchronized void await() {
        long now = System.nanoTime();
        next = Math.max(next + nanos, now - AT_ONCE * nanos);
        try {
            TimeUnit.NANOSECONDS.sleep(next - now);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
