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
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds credentials where AWS's own clients look for them ("Standardized credential providers" of the AWS SDKs and
 * Tools Reference Guide): AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; a web identity (AWS_ROLE_ARN and
 * AWS_WEB_IDENTITY_TOKEN_FILE); the container's (AWS_CONTAINER_CREDENTIALS_*); the instance's (IMDSv2). Profile files
 * are not read.
 */
final class AwsCredentialChain {

    private static final Duration REFRESH_MARGIN = Duration.ofMinutes(2);

    private final Map<String, String> environment;
    private final String region;
    private final SecretHttpClient client;
    private final AwsInstanceMetadata instance;
    private final Clock clock;
    private AwsCredentials current;

    AwsCredentialChain(Map<String, String> environment, String region, SecretHttpClient client, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.region = Objects.requireNonNull(region, "region");
        this.client = Objects.requireNonNull(client, "client");
        this.instance = new AwsInstanceMetadata(environment, client);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Returns cached credentials, or new ones when they expire within two minutes.
     *
     * @throws SecretException when no source has any
     */
    synchronized AwsCredentials credentials() {
        boolean expired = current == null
                || current.expiration()
                        .filter(end -> clock.instant().isAfter(end.minus(REFRESH_MARGIN)))
                        .isPresent();
        if (expired) {
            current = load();
        }
        return current;
    }

    private AwsCredentials load() {
        if (has("AWS_ACCESS_KEY_ID") && has("AWS_SECRET_ACCESS_KEY")) {
            return new AwsCredentials(
                    environment.get("AWS_ACCESS_KEY_ID"),
                    new Secret(environment.get("AWS_SECRET_ACCESS_KEY")),
                    Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")).map(Secret::new),
                    Optional.empty());
        }
        if (has("AWS_ROLE_ARN") && has("AWS_WEB_IDENTITY_TOKEN_FILE")) {
            return assumeRoleWithWebIdentity();
        }
        if (has("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")) {
            return fromContainer("http://169.254.170.2" + environment.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"));
        }
        return has("AWS_CONTAINER_CREDENTIALS_FULL_URI")
                ? fromContainer(environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
                : parse(AwsInstanceMetadata.SERVICE, instance.credentials(), "Token");
    }

    private boolean has(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    /** Calls AssumeRoleWithWebIdentity of AWS STS, which needs no signature. */
    private AwsCredentials assumeRoleWithWebIdentity() {
        String host = environment.getOrDefault("AWS_ENDPOINT_URL_STS", "https://sts." + region + ".amazonaws.com");
        String form = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=ingot&RoleArn="
                + encoded(environment.get("AWS_ROLE_ARN")) + "&WebIdentityToken="
                + encoded(readFile("AWS_WEB_IDENTITY_TOKEN_FILE").reveal());
        String service = "AWS STS";
        SecretHttpClient.Response response = client.send(
                service,
                HttpRequest.newBuilder(URI.create(host + "/"))
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
        return parse(
                service,
                response,
                "SessionToken",
                "AssumeRoleWithWebIdentityResponse",
                "AssumeRoleWithWebIdentityResult",
                "Credentials");
    }

    private AwsCredentials fromContainer(String address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (has("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")) {
            request.header(
                    "Authorization",
                    readFile("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").reveal());
        } else if (has("AWS_CONTAINER_AUTHORIZATION_TOKEN")) {
            request.header("Authorization", new Secret(environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN")).reveal());
        }
        String service = "the container credentials endpoint";
        return parse(service, client.send(service, request), "Token");
    }

    private Secret readFile(String variable) {
        String name = environment.get(variable);
        try {
            return new Secret(Files.readString(Path.of(name)).strip());
        } catch (IOException unreadable) {
            throw new SecretException("the file " + name + " cannot be read", "Check " + variable + ".");
        }
    }

    private static AwsCredentials parse(
            String service, SecretHttpClient.Response response, String token, String... path) {
        SecretHttpClient.Response fields = response.within(path);
        Optional<String> key = fields.text("AccessKeyId");
        Optional<String> secret = fields.text("SecretAccessKey");
        if (response.status() != 200 || key.isEmpty() || secret.isEmpty()) {
            throw response.status() == 200
                    ? SecretHttpClient.unexpected(service, response)
                    : new SecretException(
                            service + " returned no credentials (" + response.status() + ")",
                            "Assign an IAM role to this job, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
        }
        return new AwsCredentials(
                key.get(),
                new Secret(secret.get()),
                fields.text(token).map(Secret::new),
                fields.text("Expiration").map(AwsCredentialChain::parseExpiration));
    }

    /** Returns the epoch for a time in an unknown format, so that the next call fetches credentials again. */
    private static Instant parseExpiration(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException unknownFormat) {
            return Instant.EPOCH;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
