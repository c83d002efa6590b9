package dev.ingot.run.write;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Observation;

/** The figures of an observation, once its job is done. Spark tells them late, and never when it planned the rows away. */
final class ObservedMetrics {

    private static final long PATIENCE_MILLISECONDS = 2_000;

    private ObservedMetrics() {}

    static Optional<Map<String, ?>> within(Observation observation) {
        FutureTask<Map<String, ?>> figures = new FutureTask<>(observation::getAsJava);
        Thread waiting = new Thread(figures, "ingot-observation");
        waiting.setDaemon(true);
        waiting.start();
        try {
            return Optional.of(figures.get(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException never) {
            waiting.interrupt();
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
