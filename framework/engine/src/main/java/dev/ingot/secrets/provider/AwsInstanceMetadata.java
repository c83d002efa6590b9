package dev.ingot.secrets.provider;

import dev.ingot.secrets.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Objects;

/**
 * The role of an EC2 instance, from its metadata service in version 2 ("Use the Instance Metadata Service to access
 * instance metadata"): a token first, then the role's name, then its credentials.
 */
final class AwsInstanceMetadata {

    private static final String KEEPER = "this machine's role";
    private static final String ROLES = "/latest/meta-data/iam/security-credentials/";

    private final String host;
    private final SecretHttpClient calls;

    AwsInstanceMetadata(Map<String, String> environment, SecretHttpClient calls) {
        this.host = environment
                .getOrDefault("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254")
                .replaceAll("/$", "");
        this.calls = Objects.requireNonNull(calls, "calls");
    }

    /** The answer that holds the credentials, or whichever was the last. */
    SecretHttpClient.Answer credentials() {
        SecretHttpClient.Answer token = calls.send(
                KEEPER,
                HttpRequest.newBuilder(URI.create(host + "/latest/api/token"))
                        .header("X-aws-ec2-metadata-token-ttl-seconds", "300")
                        .PUT(HttpRequest.BodyPublishers.noBody()));
        if (token.status() != 200) {
            return token;
        }
        Secret session = new Secret(token.body().strip());
        SecretHttpClient.Answer role = calls.send(KEEPER, asking(ROLES, session));
        String name = role.body().lines().findFirst().orElse("").strip();
        return role.status() == 200 && name.matches("[\\w+=,.@-]+")
                ? calls.send(KEEPER, asking(ROLES + name, session))
                : role;
    }

    private HttpRequest.Builder asking(String path, Secret session) {
        return HttpRequest.newBuilder(URI.create(host + path)).header("X-aws-ec2-metadata-token", session.reveal());
    }
}
