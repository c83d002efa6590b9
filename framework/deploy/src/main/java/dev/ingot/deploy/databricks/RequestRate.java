package dev.ingot.deploy.databricks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Limits the number of requests per second, after an initial burst. Databricks rejects too many requests with 429. */
final class RequestRate {

    private static final int BURST = 10;

    private final long nanos;
    private long next = System.nanoTime();

    RequestRate(int perSecond) {
        this.nanos = Duration.ofSeconds(1).toNanos() / perSecond;
        this.next -= BURST * nanos;
    }

    synchronized void await() {
        long now = System.nanoTime();
        next = Math.max(next + nanos, now - BURST * nanos);
        try {
            TimeUnit.NANOSECONDS.sleep(next - now);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
