package dev.ingot.deploy.databricks;

import com.databricks.sdk.core.ApiClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.DatabricksException;
import com.databricks.sdk.core.UserAgent;
import com.databricks.sdk.core.http.Request;
import com.databricks.sdk.core.utils.SystemTimer;
import com.databricks.sdk.core.utils.Timer;
import com.databricks.sdk.service.files.CreateDirectoryRequest;
import com.databricks.sdk.service.files.FilesAPI;
import com.databricks.sdk.service.files.UploadRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.release.IngotVersion;
import dev.ingot.secrets.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A workspace's REST API through Databricks' SDK, which signs in, and asks again after 429 and 503. Requests and answers are
 * trees: a field or a word that the SDK does not know yet is neither lost nor refused. Every refusal is thrown as
 * {@link ApiErrors} says it.
 */
final class JobsApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How often a request is sent whose answer may be lost, where sending it twice does no harm. */
    private static final int ATTEMPTS = 3;

    private static final int TIMEOUT_SECONDS = 60;

    private static final Pattern VOLUME = Pattern.compile("/Volumes/[^/]+/[^/]+/[^/]+");

    private final ApiClient client;
    private final DatabricksConfig config;
    private final String host;
    private final RequestRate pace = new RequestRate(5);

    private JobsApi(ApiClient client, DatabricksConfig config) {
        this.client = client;
        this.config = config;
        this.host = config.getHost();
    }

    /** A workspace; who signs in is found as all of Databricks' tools find it. */
    static JobsApi of(String host, Map<String, String> processEnvironment) {
        UserAgent.withProduct("ingot", IngotVersion.ofThisBuild());
        DatabricksConfig config = new DatabricksConfig().setHost(host).setHttpTimeoutSeconds(TIMEOUT_SECONDS);
        String token = processEnvironment.get("DATABRICKS_TOKEN");
        if (token != null) {
            config.setToken(token).setAuthType("pat");
        }
        return of(config, new SystemTimer());
    }

    /** As {@link #of(String, Map)}, with a way of passing the time between two attempts. */
    static JobsApi of(DatabricksConfig config, Timer timer) {
        Objects.requireNonNull(config, "config");
        try {
            ApiClient client = new ApiClient(config, timer);
            hide(config);
            return new JobsApi(client, config);
        } catch (DatabricksException unknown) {
            throw ApiErrors.of(unknown, config.getHost(), "sign in");
        }
    }

    /** What signs in, wherever it was found, is taken out of whatever is printed: a proxy may send it back in a page. */
    private static void hide(DatabricksConfig config) {
        Stream.of(
                        config.getToken(),
                        config.getPassword(),
                        config.getClientSecret(),
                        config.getAzureClientSecret(),
                        config.getGoogleCredentials(),
                        config.getActionsIdTokenRequestToken())
                .filter(Objects::nonNull)
                .forEach(Redaction::register);
    }

    /** The same of the header that signs the requests: some tokens are asked for only then, and renewed. */
    private void hideHeader() {
        try {
            String header = config.authenticate().getOrDefault("Authorization", "");
            Redaction.register(header.substring(header.indexOf(' ') + 1));
        } catch (DatabricksException unsigned) {
            // Then there is none to hide.
        }
    }

    /**
     * Asks for something.
     *
     * @param what what is done, for a message: "look at the job 'shop-prod'"
     */
    ObjectNode get(String path, Map<String, ?> query, String what) {
        Request request = new Request(Request.GET, path);
        query.forEach((name, value) -> request.withQueryParam(name, value.toString()));
        return send(request, what);
    }

    /** As {@link #get}, with the lists of all pages in one: longer lists come in pages of 100 items. */
    ObjectNode getAll(String path, Map<String, ?> query, String what) {
        ObjectNode all = get(path, query, what);
        String next = all.path("next_page_token").asText("");
        while (!next.isEmpty()) {
            Map<String, Object> further = new LinkedHashMap<>(query);
            further.put("page_token", next);
            ObjectNode page = get(path, further, what);
            append(all, page);
            next = page.path("next_page_token").asText("");
        }
        return all;
    }

    ObjectNode send(String method, String path, Object body, String what) {
        return send(new Request(method, path, JSON.valueToTree(body).toString()), what);
    }

    /** As {@link #send}, for a request that does the same once or twice: when the answer is lost, it is sent again. */
    ObjectNode sendAgain(String path, Object body, String what) {
        List<IngotException> lost = new ArrayList<>();
        while (true) {
            try {
                return send(Request.POST, path, body, what);
            } catch (IngotException failed) {
                lost.add(failed);
                if (lost.size() == ATTEMPTS || !ApiErrors.isAnswerLost(failed)) {
                    throw failed;
                }
            }
        }
    }

    /** The size of a file in a volume, in bytes. */
    long size(String path, String what) {
        return called(what, () -> new FilesAPI(client).getMetadata(path).getContentLength());
    }

    /** Puts a file into a volume, in place of one that is there, and makes its folder. */
    void upload(Path file, String path, String what) {
        called(what, () -> {
            FilesAPI files = new FilesAPI(client);
            String folder = path.substring(0, path.lastIndexOf('/'));
            if (!VOLUME.matcher(folder).matches()) {
                files.createDirectory(new CreateDirectoryRequest().setDirectoryPath(folder));
            }
            try (InputStream in = Files.newInputStream(file)) {
                files.upload(
                        new UploadRequest().setFilePath(path).setContents(in).setOverwrite(true));
            }
            return path;
        });
    }

    private ObjectNode send(Request request, String what) {
        request.withHeader("Accept", "application/json").withHeader("Content-Type", "application/json");
        return called(what, () -> JSON.valueToTree(client.execute(request, LinkedHashMap.class)));
    }

    /** Something that the SDK does. */
    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T called(String what, Call<T> call) {
        pace.await();
        try {
            return call.run();
        } catch (DatabricksException | IOException refused) {
            hideHeader();
            throw ApiErrors.of(refused, host, what);
        }
    }

    private static void append(ObjectNode all, JsonNode page) {
        page.fields().forEachRemaining(field -> {
            JsonNode there = all.get(field.getKey());
            if (there instanceof ArrayNode list && field.getValue().isArray()) {
                field.getValue().forEach(list::add);
            } else if (there instanceof ObjectNode part && field.getValue().isObject()) {
                append(part, field.getValue());
            } else if (there == null) {
                all.set(field.getKey(), field.getValue());
            }
        });
    }
}
