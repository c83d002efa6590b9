package dev.ingot.deploy.databricks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Requests are limited to a rate after an initial burst. */
class RequestRateTest {

    @Test
    void delaysRequestsAfterTheInitialBurst() {
        RequestRate rate = new RequestRate(100);
        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            rate.await();
        }
        long first = System.nanoTime() - start;
        for (int i = 0; i < 10; i++) {
            rate.await();
        }
        long all = System.nanoTime() - start;

        assertTrue(all >= 100_000_000, () -> all + " ns");
        assertTrue(first < all - 50_000_000, () -> first + " of " + all + " ns");
    }
}
