package dev.ingot.secrets.provider;

import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Acquires access tokens of Microsoft Entra for one resource, from the variables that Azure's own clients read: for a
 * service principal (AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or AZURE_FEDERATED_TOKEN_FILE on
 * Kubernetes), else for the machine's managed identity (IDENTITY_ENDPOINT and IDENTITY_HEADER, or the instance metadata
 * service). Protocols: "Microsoft identity platform and the OAuth 2.0 client credentials flow" and "How to use managed
 * identities for Azure resources on an Azure VM to acquire an access token".
 */
public final class AzureTokens {

    private static final String ENTRA = "Microsoft Entra";
    private static final String MANAGED_IDENTITY = "this machine's managed identity endpoint";
    private static final long REFRESH_MARGIN_SECONDS = 120;

    /** The error code in a refusal (Microsoft Entra authentication and authorization error codes). */
    private static final Pattern REASON = Pattern.compile("AADSTS[0-9]+");

    private final Map<String, String> environment;
    private final String resource;
    private final SecretHttpClient client;
    private final Clock clock;
    private Secret token;
    private Instant expiry = Instant.MIN;

    /**
     * Creates the source of tokens for a resource, for the identity in the environment variables.
     *
     * @param resource such as {@code https://storage.azure.com}
     */
    public static AzureTokens of(Map<String, String> environment, String resource) {
        return new AzureTokens(
                environment, resource, new SecretHttpClient(SecretHttpClient.RetryPolicy.DEFAULT), Clock.systemUTC());
    }

    /** Returns whether the variables name an identity: a complete service principal, or a managed identity endpoint. */
    public static boolean areNamedBy(Map<String, String> environment) {
        return isPrincipal(environment)
                || (has(environment, "IDENTITY_ENDPOINT") && has(environment, "IDENTITY_HEADER"));
    }

    private static boolean isPrincipal(Map<String, String> environment) {
        return has(environment, "AZURE_TENANT_ID")
                && has(environment, "AZURE_CLIENT_ID")
                && (has(environment, "AZURE_CLIENT_SECRET") || has(environment, "AZURE_FEDERATED_TOKEN_FILE"));
    }

    private static boolean has(Map<String, String> environment, String variable) {
        return !environment.getOrDefault(variable, "").isBlank();
    }

    /**
     * Creates the source of tokens for a resource.
     *
     * @param resource such as {@code https://vault.azure.net}
     */
    AzureTokens(Map<String, String> environment, String resource, SecretHttpClient client, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.resource = Objects.requireNonNull(resource, "resource");
        this.client = Objects.requireNonNull(client, "client");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Returns a cached token, or a new one when it expires within two minutes.
     *
     * @throws SecretException when the token request is refused
     */
    public synchronized Secret token() {
        if (!clock.instant().isBefore(expiry)) {
            boolean principal = isPrincipal(environment);
            SecretHttpClient.Response response = principal
                    ? client.send(ENTRA, principalRequest())
                    : client.send(MANAGED_IDENTITY, managedIdentityRequest());
            token = response.text("access_token").map(Secret::new).orElseThrow(() -> refused(principal, response));
            long seconds = response.json().orElseThrow().path("expires_in").asLong(REFRESH_MARGIN_SECONDS);
            expiry = clock.instant().plusSeconds(Math.max(0, seconds - REFRESH_MARGIN_SECONDS));
        }
        return token;
    }

    private boolean has(String variable) {
        return has(environment, variable);
    }

    private HttpRequest.Builder principalRequest() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", environment.get("AZURE_CLIENT_ID"));
        form.put("scope", resource + "/.default");
        if (has("AZURE_CLIENT_SECRET")) {
            form.put("client_secret", new Secret(environment.get("AZURE_CLIENT_SECRET")).reveal());
        } else {
            form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.put("client_assertion", readFederatedToken().reveal());
        }
        String authority = environment.getOrDefault("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.com");
        URI address = URI.create(
                authority.replaceAll("/$", "") + "/" + environment.get("AZURE_TENANT_ID") + "/oauth2/v2.0/token");
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
    }

    private Secret readFederatedToken() {
        String file = environment.get("AZURE_FEDERATED_TOKEN_FILE");
        try {
            return new Secret(Files.readString(Path.of(file)).strip());
        } catch (IOException unreadable) {
            throw new SecretException("the file " + file + " cannot be read", "Check AZURE_FEDERATED_TOKEN_FILE.");
        }
    }

    private HttpRequest.Builder managedIdentityRequest() {
        Map<String, String> query = new LinkedHashMap<>();
        boolean service = has("IDENTITY_ENDPOINT") && has("IDENTITY_HEADER");
        query.put("api-version", service ? "2019-08-01" : "2018-02-01");
        query.put("resource", resource);
        if (has("AZURE_CLIENT_ID")) {
            query.put("client_id", environment.get("AZURE_CLIENT_ID"));
        }
        String host = environment.getOrDefault("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://169.254.169.254");
        String address = service ? environment.get("IDENTITY_ENDPOINT") : host + "/metadata/identity/oauth2/token";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "?" + encoded(query)));
        return service
                ? request.header("X-IDENTITY-HEADER", new Secret(environment.get("IDENTITY_HEADER")).reveal())
                : request.header("Metadata", "true");
    }

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static SecretException refused(boolean principal, SecretHttpClient.Response response) {
        if (response.status() == 200) {
            return SecretHttpClient.unexpected(principal ? ENTRA : MANAGED_IDENTITY, response);
        }
        Matcher reason = REASON.matcher(response.text("error_description").orElse(""));
        return principal
                ? new SecretException(
                        ENTRA + " returned no token (" + response.status()
                                + (reason.find() ? ", " + reason.group() : "") + ")",
                        "Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.")
                : new SecretException(
                        MANAGED_IDENTITY + " returned no token (" + response.status() + ")",
                        "Assign a managed identity to this machine, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and"
                                + " AZURE_CLIENT_SECRET.");
    }
}
