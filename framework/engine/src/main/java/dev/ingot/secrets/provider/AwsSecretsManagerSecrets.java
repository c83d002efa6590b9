package dev.ingot.secrets.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretProvider;
import dev.ingot.secrets.SecretRef;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads secrets from AWS Secrets Manager, over its JSON protocol (action GetSecretValue of version 2017-10-17). */
public final class AwsSecretsManagerSecrets implements SecretProvider {

    private static final String SERVICE = "AWS Secrets Manager";

    /** The error types that AWS returns with status 400 to a caller without permission. */
    private static final Set<String> DENIED = Set.of(
            "AccessDeniedException",
            "UnrecognizedClientException",
            "ExpiredTokenException",
            "InvalidSignatureException",
            "InvalidClientTokenId",
            "DecryptionFailure");

    private final String region;
    private final URI endpoint;
    private final SecretHttpClient client;
    private final AwsCredentialChain credentials;

    /**
     * Creates the provider of a region's secrets.
     *
     * @param endpoint the service's address, where it is not the public one of the region
     * @param environment the environment variables, normally {@link System#getenv()}
     */
    public AwsSecretsManagerSecrets(String region, Optional<String> endpoint, Map<String, String> environment) {
        this(region, endpoint, environment, new SecretHttpClient(SecretHttpClient.RetryPolicy.DEFAULT));
    }

    AwsSecretsManagerSecrets(
            String region, Optional<String> endpoint, Map<String, String> environment, SecretHttpClient client) {
        this.region = region;
        this.endpoint = URI.create(endpoint.orElse(
                        "https://secretsmanager." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn" : ""))
                .replaceAll("/*$", "/"));
        this.client = client;
        this.credentials = new AwsCredentialChain(environment, region, client, Clock.systemUTC());
    }

    @Override
    public Optional<Secret> find(SecretRef ref) {
        SecretHttpClient.Response response = client.send(SERVICE, request(ref));
        // "AccessDeniedException", or from some services "com.amazonaws.x#AccessDeniedException".
        String type = response.text("__type").orElse("").replaceAll("^.*#", "");
        if (type.equals("ResourceNotFoundException")) {
            return Optional.empty();
        }
        if (DENIED.contains(type) || response.status() == 401 || response.status() == 403) {
            throw new SecretException(
                    SERVICE + " denied access to '" + ref.key() + "' ("
                            + (DENIED.contains(type) ? type : response.status()) + ")",
                    "Grant the role of this job secretsmanager:GetSecretValue on it, and kms:Decrypt on its key.");
        }
        if (response.status() != 200) {
            throw SecretHttpClient.unexpected(SERVICE, response);
        }
        return Optional.of(response.text("SecretString")
                .or(() -> response.text("SecretBinary").map(AwsSecretsManagerSecrets::decoded))
                .map(Secret::new)
                .orElseThrow(() -> SecretHttpClient.unexpected(SERVICE, response)));
    }

    private HttpRequest.Builder request(SecretRef ref) {
        String body =
                JsonNodeFactory.instance.objectNode().put("SecretId", ref.key()).toString();
        Map<String, String> headers =
                Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "secretsmanager.GetSecretValue");
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint).POST(HttpRequest.BodyPublishers.ofString(body));
        new AwsSignature(credentials.credentials(), region, "secretsmanager")
                .headers("POST", endpoint, headers, body, Clock.systemUTC().instant())
                .forEach(request::header);
        return request;
    }

    private static String decoded(String binary) {
        return new String(Base64.getMimeDecoder().decode(binary), StandardCharsets.UTF_8);
    }

    @Override
    public String remedy(SecretRef ref) {
        return "Create the secret '" + ref.key() + "' in AWS Secrets Manager in the region " + region + ".";
    }
}
