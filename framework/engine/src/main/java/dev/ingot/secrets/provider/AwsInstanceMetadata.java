package dev.ingot.secrets.provider;

import dev.ingot.secrets.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Objects;

/**
 * Reads the credentials of an EC2 instance's role from its metadata service, version 2 ("Use the Instance Metadata
 * Service to access instance metadata"): a token first, then the role's name, then its credentials.
 */
final class AwsInstanceMetadata {

    static final String SERVICE = "the EC2 instance metadata service";

    private static final String ROLES = "/latest/meta-data/iam/security-credentials/";

    private final String host;
    private final SecretHttpClient client;

    AwsInstanceMetadata(Map<String, String> environment, SecretHttpClient client) {
        this.host = environment
                .getOrDefault("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254")
                .replaceAll("/$", "");
        this.client = Objects.requireNonNull(client, "client");
    }

    /** Returns the response with the credentials, or that of the request that failed. */
    SecretHttpClient.Response credentials() {
        SecretHttpClient.Response token = client.send(
                SERVICE,
                HttpRequest.newBuilder(URI.create(host + "/latest/api/token"))
                        .header("X-aws-ec2-metadata-token-ttl-seconds", "300")
                        .PUT(HttpRequest.BodyPublishers.noBody()));
        if (token.status() != 200) {
            return token;
        }
        Secret session = new Secret(token.body().strip());
        SecretHttpClient.Response role = client.send(SERVICE, get(ROLES, session));
        String name = role.body().lines().findFirst().orElse("").strip();
        return role.status() == 200 && name.matches("[\\w+=,.@-]+")
                ? client.send(SERVICE, get(ROLES + name, session))
                : role;
    }

    private HttpRequest.Builder get(String path, Secret session) {
        return HttpRequest.newBuilder(URI.create(host + path)).header("X-aws-ec2-metadata-token", session.reveal());
    }
}
