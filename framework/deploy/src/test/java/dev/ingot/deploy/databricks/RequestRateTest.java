package dev.ingot.deploy.databricks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Requests go at their pace, after the first few. */
class RequestRateTest {

    @Test
    void afterTheFirstTenEachWaitsForItsTurn() {
        RequestRate rate = new RequestRate(100);
        long begun = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            rate.await();
        }
        long first = System.nanoTime() - begun;
        for (int i = 0; i < 10; i++) {
            rate.await();
        }
        long all = System.nanoTime() - begun;

        assertTrue(all >= 100_000_000, () -> all + " ns");
        assertTrue(first < all - 50_000_000, () -> first + " of " + all + " ns");
    }
}
