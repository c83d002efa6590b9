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

/** Secrets of AWS Secrets Manager, over its JSON protocol (action GetSecretValue of version 2017-10-17). */
public final class AwsSecretsManagerSecrets implements SecretProvider {

    private static final String KEEPER = "AWS Secrets Manager";

    /** What AWS says with status 400 of a caller who has no right. */
    private static final Set<String> DENIED = Set.of(
            "AccessDeniedException",
            "UnrecognizedClientException",
            "ExpiredTokenException",
            "InvalidSignatureException",
            "InvalidClientTokenId",
            "DecryptionFailure");

    private final String region;
    private final URI endpoint;
    private final SecretHttpClient calls;
    private final AwsCredentialChain credentials;

    /**
     * The secrets of a region.
     *
     * @param endpoint the service's address, where it is not the public one of the region
     * @param environment where AWS's variables are, normally {@link System#getenv()}
     */
    public AwsSecretsManagerSecrets(String region, Optional<String> endpoint, Map<String, String> environment) {
        this(region, endpoint, environment, new SecretHttpClient(SecretHttpClient.Patience.USUAL));
    }

    AwsSecretsManagerSecrets(
            String region, Optional<String> endpoint, Map<String, String> environment, SecretHttpClient calls) {
        this.region = region;
        this.endpoint = URI.create(endpoint.orElse(
                        "https://secretsmanager." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn" : ""))
                .replaceAll("/*$", "/"));
        this.calls = calls;
        this.credentials = new AwsCredentialChain(environment, region, calls, Clock.systemUTC());
    }

    @Override
    public Optional<Secret> find(SecretRef ref) {
        SecretHttpClient.Answer answer = calls.send(KEEPER, request(ref));
        // "AccessDeniedException", and from some services "com.amazonaws.x#AccessDeniedException".
        String type = answer.text("__type").orElse("").replaceAll("^.*#", "");
        if (type.equals("ResourceNotFoundException")) {
            return Optional.empty();
        }
        if (DENIED.contains(type) || answer.status() == 401 || answer.status() == 403) {
            throw new SecretException(
                    KEEPER + " denied access to '" + ref.key() + "' ("
                            + (DENIED.contains(type) ? type : answer.status()) + ")",
                    "Give the role of this job the right secretsmanager:GetSecretValue on it, and kms:Decrypt on its"
                            + " key.");
        }
        if (answer.status() != 200) {
            throw SecretHttpClient.unexpected(KEEPER, answer);
        }
        return Optional.of(answer.text("SecretString")
                .or(() -> answer.text("SecretBinary").map(AwsSecretsManagerSecrets::decoded))
                .map(Secret::new)
                .orElseThrow(() -> SecretHttpClient.unexpected(KEEPER, answer)));
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
        return "Make the secret '" + ref.key() + "' in AWS Secrets Manager of the region " + region + ".";
    }
}
