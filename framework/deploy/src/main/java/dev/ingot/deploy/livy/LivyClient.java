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

/** Starts, finds, reads and ends batches. Every method throws {@link IngotException} when the server does not let it. */
public final class LivyClient {

    /** As many batches as Synapse tells at once. */
    private static final int PAGE = 20;

    private final RestClient rest;
    private final RetryPolicy pace;

    /**
     * A client of a Livy server.
     *
     * @param base the address below which {@code /batches} lies, such as {@code http://livy.example.com:8998}
     * @param token the bearer token of each request; empty sends none
     */
    public LivyClient(URI base, Supplier<String> token) {
        this(
                new RestService(
                        "Livy",
                        base,
                        Map.of("X-Requested-By", "ingot"),
                        "Check who Livy takes requests from.",
                        "Ask whoever runs Livy to let you submit batches.",
                        "Check the address; a batch that ended long ago is forgotten."),
                token,
                RetryPolicy.PATIENT);
    }

    /** The same for a service that speaks as Livy does. */
    public LivyClient(RestService service, Supplier<String> token, RetryPolicy pace) {
        this.rest = new RestClient(service, token, pace);
        this.pace = Objects.requireNonNull(pace, "pace");
    }

    /**
     * Starts a batch, once: one that has the name is taken for it. Only where the latest of them ended badly, another is
     * started, whose name has the number of the attempt after it. When no answer comes, it is looked for until it shows.
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
        } catch (IngotException failed) {
            return ofLostAnswer(request.name(), what, failed);
        }
    }

    private LivyBatch ofLostAnswer(String name, String what, IngotException failed) {
        Optional<Diagnostic> unknown = failed.diagnostics().stream()
                .filter(found -> found.code() == Code.DEPLOY_UNREACHABLE)
                .findFirst();
        if (unknown.isEmpty()) {
            throw failed;
        }
        for (int attempt = 1; attempt < pace.attempts(); attempt++) {
            rest.pause(attempt, what);
            Optional<LivyBatch> started = find(name);
            if (started.isPresent()) {
                return started.get();
            }
        }
        throw failed;
    }

    /** The batch of a name; the first one, should there be several. */
    private Optional<LivyBatch> find(String name) {
        return batches().stream().filter(batch -> batch.name().equals(name)).findFirst();
    }

    /** All batches that the server tells, in the order of their ids. */
    private Collection<LivyBatch> batches() {
        SortedMap<Long, LivyBatch> seen = new TreeMap<>();
        boolean more = true;
        while (more) {
            JsonNode page =
                    rest.get("/batches?from=" + seen.size() + "&size=" + PAGE + "&detailed=true", "list the batches");
            more = false;
            for (JsonNode tree : page.path("sessions")) {
                LivyBatch batch = LivyBatch.of(tree);
                more |= seen.put(batch.id(), batch) == null;
            }
        }
        return seen.values();
    }

    /** How a batch stands now; empty when the server does not know it any more. */
    public Optional<LivyBatch> batch(long id) {
        return rest.find("/batches/" + id + "?detailed=true", "read the batch " + id)
                .map(LivyBatch::of);
    }

    /** Asks for a batch to be ended; one that is gone already has ended. */
    public void cancel(long id) {
        rest.delete("/batches/" + id, "cancel the batch " + id);
    }
}
