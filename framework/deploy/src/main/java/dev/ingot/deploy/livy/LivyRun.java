package dev.ingot.deploy.livy;

import dev.ingot.deploy.RemoteRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Follows a Livy batch as a run. */
public final class LivyRun implements RemoteRun {

    private static final int LOG_LINES = 20;

    private final LivyClient client;
    private final long batch;
    private final String page;
    private volatile boolean cancelled;

    /**
     * Creates the run of a submitted batch.
     *
     * @param page the URL of its page in the platform's user interface
     */
    public LivyRun(LivyClient client, long batch, String page) {
        this.client = Objects.requireNonNull(client, "client");
        this.batch = batch;
        this.page = Objects.requireNonNull(page, "page");
    }

    @Override
    public String id() {
        return Long.toString(batch);
    }

    @Override
    public String page() {
        return page;
    }

    @Override
    public State state() {
        Optional<LivyBatch> found = client.batch(batch);
        if (found.isEmpty()) {
            return cancelled
                    ? new State(Phase.CANCELLED, "not found", List.of())
                    : new State(
                            Phase.FAILED,
                            "not found",
                            List.of("The batch " + batch
                                    + " no longer exists: it was deleted, or removed because it ended long ago."));
        }
        Phase phase = found.get().phase();
        return new State(phase, found.get().state(), phase == Phase.FAILED ? messages(found.get()) : List.of());
    }

    @Override
    public void cancel() {
        cancelled = true;
        client.cancel(batch);
    }

    /** Returns the errors and the end of the log. */
    private static List<String> messages(LivyBatch batch) {
        List<String> messages = new ArrayList<>(batch.errors());
        List<String> log = batch.log();
        messages.addAll(log.subList(Math.max(0, log.size() - LOG_LINES), log.size()));
        return messages;
    }
}
