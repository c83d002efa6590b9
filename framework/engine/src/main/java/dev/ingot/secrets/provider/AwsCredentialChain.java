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
 * Credentials from where AWS's own clients look for them ("Standardized credential providers" of the AWS SDKs and Tools
 * Reference Guide): AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; a web identity (AWS_ROLE_ARN and
 * AWS_WEB_IDENTITY_TOKEN_FILE); the container's (AWS_CONTAINER_CREDENTIALS_*); the instance's (IMDSv2). Profiles in files
 * are not read.
 */
final class AwsCredentialChain {

    private static final Duration SPARE = Duration.ofMinutes(2);

    private final Map<String, String> environment;
    private final String region;
    private final SecretHttpClient calls;
    private final AwsInstanceMetadata instance;
    private final Clock clock;
    private AwsCredentials current;

    AwsCredentialChain(Map<String, String> environment, String region, SecretHttpClient calls, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.region = Objects.requireNonNull(region, "region");
        this.calls = Objects.requireNonNull(calls, "calls");
        this.instance = new AwsInstanceMetadata(environment, calls);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Credentials that are good for some minutes at least.
     *
     * @throws SecretException when no source has any
     */
    synchronized AwsCredentials credentials() {
        boolean over = current == null
                || current.end()
                        .filter(end -> clock.instant().isAfter(end.minus(SPARE)))
                        .isPresent();
        if (over) {
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
            return ofWebIdentity();
        }
        if (has("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")) {
            return ofContainer("http://169.254.170.2" + environment.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"));
        }
        return has("AWS_CONTAINER_CREDENTIALS_FULL_URI")
                ? ofContainer(environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
                : from("this machine's role", instance.credentials(), "Token");
    }

    private boolean has(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    /** The call AssumeRoleWithWebIdentity of AWS STS; it needs no signature. */
    private AwsCredentials ofWebIdentity() {
        String host = environment.getOrDefault("AWS_ENDPOINT_URL_STS", "https://sts." + region + ".amazonaws.com");
        String form = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=ingot&RoleArn="
                + encoded(environment.get("AWS_ROLE_ARN")) + "&WebIdentityToken="
                + encoded(file("AWS_WEB_IDENTITY_TOKEN_FILE").reveal());
        String keeper = "AWS STS";
        SecretHttpClient.Answer answer = calls.send(
                keeper,
                HttpRequest.newBuilder(URI.create(host + "/"))
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
        return from(
                keeper,
                answer,
                "SessionToken",
                "AssumeRoleWithWebIdentityResponse",
                "AssumeRoleWithWebIdentityResult",
                "Credentials");
    }

    private AwsCredentials ofContainer(String address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (has("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")) {
            request.header(
                    "Authorization",
                    file("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").reveal());
        } else if (has("AWS_CONTAINER_AUTHORIZATION_TOKEN")) {
            request.header("Authorization", new Secret(environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN")).reveal());
        }
        String keeper = "this container's role";
        return from(keeper, calls.send(keeper, request), "Token");
    }

    private Secret file(String variable) {
        String name = environment.get(variable);
        try {
            return new Secret(Files.readString(Path.of(name)).strip());
        } catch (IOException unreadable) {
            throw new SecretException("the file " + name + " cannot be read", "Look at " + variable + ".");
        }
    }

    private static AwsCredentials from(String keeper, SecretHttpClient.Answer answer, String token, String... within) {
        SecretHttpClient.Answer inner = answer.within(within);
        Optional<String> key = inner.text("AccessKeyId");
        Optional<String> secret = inner.text("SecretAccessKey");
        if (answer.status() != 200 || key.isEmpty() || secret.isEmpty()) {
            throw answer.status() == 200
                    ? SecretHttpClient.unexpected(keeper, answer)
                    : new SecretException(
                            keeper + " gives no credentials (" + answer.status() + ")",
                            "Give this job a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
        }
        return new AwsCredentials(
                key.get(),
                new Secret(secret.get()),
                inner.text(token).map(Secret::new),
                inner.text("Expiration").map(AwsCredentialChain::moment));
    }

    /** A moment that cannot be read is over, so that the next call asks again. */
    private static Instant moment(String written) {
        try {
            return Instant.parse(written);
        } catch (DateTimeParseException unfit) {
            return Instant.EPOCH;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
