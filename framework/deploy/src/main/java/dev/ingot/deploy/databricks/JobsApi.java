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
 * Calls a workspace's REST API through Databricks' SDK, which authenticates, and retries after 429 and 503. Requests
 * and responses are JSON trees: fields and values that the SDK does not know are neither lost nor rejected.
 * {@link ApiErrors} converts every error.
 */
final class JobsApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The maximum number of attempts of an idempotent request whose response is lost. */
    private static final int MAX_ATTEMPTS = 3;

    private static final int TIMEOUT_SECONDS = 60;

    private static final Pattern VOLUME = Pattern.compile("/Volumes/[^/]+/[^/]+/[^/]+");

    private final ApiClient client;
    private final DatabricksConfig config;
    private final String host;
    private final RequestRate rate = new RequestRate(5);

    private JobsApi(ApiClient client, DatabricksConfig config) {
        this.client = client;
        this.config = config;
        this.host = config.getHost();
    }

    /** Connects to a workspace; finds the credentials as all of Databricks' tools do. */
    static JobsApi of(String host, Map<String, String> processEnvironment) {
        UserAgent.withProduct("ingot", IngotVersion.current());
        DatabricksConfig config = new DatabricksConfig().setHost(host).setHttpTimeoutSeconds(TIMEOUT_SECONDS);
        String token = processEnvironment.get("DATABRICKS_TOKEN");
        if (token != null) {
            config.setToken(token).setAuthType("pat");
        }
        return of(config, new SystemTimer());
    }

    /** As {@link #of(String, Map)}, with the timer that waits between two attempts. */
    static JobsApi of(DatabricksConfig config, Timer timer) {
        Objects.requireNonNull(config, "config");
        try {
            ApiClient client = new ApiClient(config, timer);
            redactCredentials(config);
            return new JobsApi(client, config);
        } catch (DatabricksException unknown) {
            throw ApiErrors.of(unknown, config.getHost(), "sign in");
        }
    }

    /** Redacts all credentials in everything that is printed: a proxy may echo them in an error page. */
    private static void redactCredentials(DatabricksConfig config) {
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

    /** Redacts the token of the authorization header as well: some tokens are requested only then, and renewed. */
    private void redactHeader() {
        try {
            String header = config.authenticate().getOrDefault("Authorization", "");
            Redaction.register(header.substring(header.indexOf(' ') + 1));
        } catch (DatabricksException unauthenticated) {
            // Without a header there is nothing to redact.
        }
    }

    /**
     * Sends a GET request.
     *
     * @param what the action for messages, such as "read the job 'shop-prod'"
     */
    ObjectNode get(String path, Map<String, ?> query, String what) {
        Request request = new Request(Request.GET, path);
        query.forEach((name, value) -> request.withQueryParam(name, value.toString()));
        return send(request, what);
    }

    /** As {@link #get}, with the lists of all pages merged: the API returns pages of 100 items. */
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

    /** As {@link #send}, for an idempotent request: retries when the response is lost. */
    ObjectNode sendIdempotent(String path, Object body, String what) {
        List<IngotException> lost = new ArrayList<>();
        while (true) {
            try {
                return send(Request.POST, path, body, what);
            } catch (IngotException failed) {
                lost.add(failed);
                if (lost.size() == MAX_ATTEMPTS || !ApiErrors.isAnswerLost(failed)) {
                    throw failed;
                }
            }
        }
    }

    /** Returns the size of a file in a volume, in bytes. */
    long size(String path, String what) {
        return call(what, () -> new FilesAPI(client).getMetadata(path).getContentLength());
    }

    /** Uploads a file to a volume, overwriting an existing one, and creates its folder. */
    void upload(Path file, String path, String what) {
        call(what, () -> {
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
        return call(what, () -> JSON.valueToTree(client.execute(request, LinkedHashMap.class)));
    }

    /** A call of the SDK. */
    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T call(String what, Call<T> call) {
        rate.await();
        try {
            return call.run();
        } catch (DatabricksException | IOException failure) {
            redactHeader();
            throw ApiErrors.of(failure, host, what);
        }
    }

    private static void append(ObjectNode all, JsonNode page) {
        page.fields().forEachRemaining(field -> {
            JsonNode existing = all.get(field.getKey());
            if (existing instanceof ArrayNode list && field.getValue().isArray()) {
                field.getValue().forEach(list::add);
            } else if (existing instanceof ObjectNode part && field.getValue().isObject()) {
                append(part, field.getValue());
            } else if (existing == null) {
                all.set(field.getKey(), field.getValue());
            }
        });
    }
}
