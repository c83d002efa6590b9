package dev.ingot.deploy.livy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.TextFiles;
import dev.ingot.deploy.rest.RestClient;
import dev.ingot.deploy.rest.RestService;
import dev.ingot.deploy.rest.RetryPolicy;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Submits, finds, reads and cancels batches. Every method throws {@link IngotException} when the request fails. */
public final class LivyClient {

    /** The page size: the maximum that Synapse returns. */
    private static final int PAGE_SIZE = 20;

    private final RestClient rest;
    private final RetryPolicy retries;

    /**
     * Creates a client of a Livy server.
     *
     * @param base the URI that has {@code /batches} below it, such as {@code http://livy.example.com:8998}
     * @param token the bearer token of each request; empty sends none
     */
    public LivyClient(URI base, Supplier<String> token) {
        this(
                new RestService(
                        "Livy",
                        base,
                        Map.of("X-Requested-By", "ingot"),
                        "Check which clients Livy accepts.",
                        "Ask the administrator of Livy for the permission to submit batches.",
                        "Check the URL; Livy removes old batches."),
                token,
                RetryPolicy.DEFAULT);
    }

    /** Creates a client of a service with the same API as Livy. */
    public LivyClient(RestService service, Supplier<String> token, RetryPolicy retries) {
        this.rest = new RestClient(service, token, retries);
        this.retries = Objects.requireNonNull(retries, "retries");
    }

    /**
     * Submits a batch idempotently: returns an existing batch of the same name. Only when its latest attempt failed or
     * was cancelled, starts another, with the attempt's number appended to the name. When the response is lost, polls
     * the list of batches until the new one appears.
     */
    public LivyBatch submit(LivyBatchRequest request) {
        int attempt = 0;
        Optional<LivyBatch> latest = Optional.empty();
        for (LivyBatch batch : batches()) {
            int number = request.attemptOf(batch.name());
            if (number > attempt) {
                attempt = number;
                latest = Optional.of(batch);
            }
        }
        int next = attempt + 1;
        return latest.filter(batch -> !batch.phase().isBadEnd()).orElseGet(() -> start(request.attempt(next)));
    }

    private LivyBatch start(LivyBatchRequest request) {
        String what = "submit the batch '" + request.name() + "'";
        try {
            return LivyBatch.of(rest.post("/batches?detailed=true", TextFiles.json(request.tree()), what));
        } catch (IngotException failure) {
            return findAfterLostAnswer(request.name(), what, failure);
        }
    }

    private LivyBatch findAfterLostAnswer(String name, String what, IngotException failure) {
        Optional<Diagnostic> unreachable = failure.diagnostics().stream()
                .filter(found -> found.code() == Code.DEPLOY_UNREACHABLE)
                .findFirst();
        if (unreachable.isEmpty()) {
            throw failure;
        }
        for (int attempt = 1; attempt < retries.attempts(); attempt++) {
            rest.pause(attempt, what);
            Optional<LivyBatch> started = find(name);
            if (started.isPresent()) {
                return started.get();
            }
        }
        throw failure;
    }

    /** Finds a batch by name; the first one, if there are several. */
    private Optional<LivyBatch> find(String name) {
        return batches().stream().filter(batch -> batch.name().equals(name)).findFirst();
    }

    /** Lists all batches, ordered by id. */
    private Collection<LivyBatch> batches() {
        SortedMap<Long, LivyBatch> seen = new TreeMap<>();
        boolean more = true;
        while (more) {
            JsonNode page = rest.get(
                    "/batches?from=" + seen.size() + "&size=" + PAGE_SIZE + "&detailed=true", "list the batches");
            more = false;
            for (JsonNode tree : page.path("sessions")) {
                LivyBatch batch = LivyBatch.of(tree);
                more |= seen.put(batch.id(), batch) == null;
            }
        }
        return seen.values();
    }

    /** Reads the current state of a batch; empty when the server no longer has it. */
    public Optional<LivyBatch> batch(long id) {
        return rest.find("/batches/" + id + "?detailed=true", "read the batch " + id)
                .map(LivyBatch::of);
    }

    /** Cancels a batch; one that no longer exists has ended. */
    public void cancel(long id) {
        rest.delete("/batches/" + id, "cancel the batch " + id);
    }
}
