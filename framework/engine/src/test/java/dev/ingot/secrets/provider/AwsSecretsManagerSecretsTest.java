package dev.ingot.secrets.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AwsSecretsManagerSecretsTest {

    private static final SecretRef REF = new SecretRef("aws", "prod/lake");
    private static final String ECHO = "marsupial-98";
    private static final String KEYS =
            "{\"AccessKeyId\": \"AKID2\", \"SecretAccessKey\": \"secret-2\", \"Token\": \"token-2\", \"Expiration\":"
                    + " \"2999-01-01T00:00:00Z\"}";

    private FakeSecretStore store;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        store = new FakeSecretStore();
        environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", store.address());
        environment.put("AWS_ENDPOINT_URL_STS", store.address() + "/sts");
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private AwsSecretsManagerSecrets manager() {
        return manager(FakeSecretStore.LONG);
    }

    private AwsSecretsManagerSecrets manager(SecretHttpClient.RetryPolicy retryPolicy) {
        return new AwsSecretsManagerSecrets(
                "eu-central-1", Optional.of(store.address()), environment, new SecretHttpClient(retryPolicy));
    }

    private AwsSecretsManagerSecrets managerWithKeys() {
        return managerWithKeys(FakeSecretStore.LONG);
    }

    private AwsSecretsManagerSecrets managerWithKeys(SecretHttpClient.RetryPolicy retryPolicy) {
        environment.putAll(Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "secret-1"));
        return manager(retryPolicy);
    }

    private String lastRequest() {
        return store.requests().get(store.requests().size() - 1);
    }

    @Test
    void readsASecretWithASignedRequest() {
        store.replies("/", 200, "{\"Name\": \"prod/lake\", \"SecretString\": \"hunter-2\"}");

        assertEquals("hunter-2", managerWithKeys().find(REF).orElseThrow().reveal());
        String request = lastRequest();
        assertTrue(request.startsWith("POST / | Authorization: AWS4-HMAC-SHA256 Credential=AKID/"), request);
        assertTrue(
                request.contains("/eu-central-1/secretsmanager/aws4_request,"
                        + " SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature="),
                request);
        assertTrue(
                request.endsWith(" | X-Amz-Target: secretsmanager.GetSecretValue | Content-Type:"
                        + " application/x-amz-json-1.1 | {\"SecretId\":\"prod/lake\"}"),
                request);
    }

    @Test
    void decodesABinarySecret() {
        store.replies("/", 200, "{\"SecretBinary\": \"aHVudGVyLTI=\"}");

        assertEquals("hunter-2", managerWithKeys().find(REF).orElseThrow().reveal());
    }

    @Test
    void returnsEmptyForAMissingSecret() {
        store.replies("/", 400, "{\"__type\": \"ResourceNotFoundException\", \"Message\": \"" + ECHO + "\"}");
        AwsSecretsManagerSecrets manager = managerWithKeys();

        assertEquals(Optional.empty(), manager.find(REF));
        assertEquals(
                "Create the secret 'prod/lake' in AWS Secrets Manager in the region eu-central-1.",
                manager.remedy(REF));
    }

    static Stream<Arguments> failures() {
        String manager = "AWS Secrets Manager ";
        return Stream.of(
                arguments(
                        400,
                        "{\"__type\": \"AccessDeniedException\", \"Message\": \"" + ECHO + "\"}",
                        manager + "denied access to 'prod/lake' (AccessDeniedException)"),
                arguments(
                        400,
                        "{\"__type\": \"com.amazon.coral.service#UnrecognizedClientException\"}",
                        manager + "denied access to 'prod/lake' (UnrecognizedClientException)"),
                arguments(403, "{}", manager + "denied access to 'prod/lake' (403)"),
                arguments(400, "{\"__type\": \"" + ECHO + "\"}", manager + "rejected the request (400)"),
                arguments(404, "", manager + "rejected the request (404)"),
                arguments(429, "", manager + "throttles requests (429, tried 3 times)"),
                arguments(500, "{\"__type\": \"" + ECHO + "\"}", manager + "failed (500, tried 3 times)"),
                arguments(200, "<html>" + ECHO, manager + "returned something other than JSON"),
                arguments(
                        200,
                        "{\"SecretString\": 5, \"x\": \"" + ECHO + "\"}",
                        manager + "returned JSON in an undocumented format"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void reportsEveryFailureWithoutTheResponse(int status, String body, String expected) {
        store.replies("/", status, body);
        AwsSecretsManagerSecrets manager = managerWithKeys();
        SecretException failed = assertThrows(SecretException.class, () -> manager.find(REF));

        assertEquals(expected, failed.getMessage());
        assertFalse(failed.remedy().isEmpty() || failed.remedy().contains(ECHO), failed.remedy());
    }

    @Test
    void timesOut() {
        store.neverReplies("/");
        AwsSecretsManagerSecrets manager = managerWithKeys(FakeSecretStore.SHORT);
        SecretException failed = assertThrows(SecretException.class, () -> manager.find(REF));

        assertEquals("AWS Secrets Manager cannot be reached (no response within 0.9 s)", failed.getMessage());
    }

    @Test
    void signsWithTheContainersRole(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "container-token\n");
        environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", store.address() + "/role");
        environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString());
        store.replies("/role", 200, KEYS).replies("/", 200, "{\"SecretString\": \"hunter-2\"}");
        AwsSecretsManagerSecrets manager = manager();
        manager.find(REF);
        manager.find(REF);

        assertEquals(
                "GET /role | Authorization: container-token", store.requests().get(0));
        assertEquals(3, store.requests().size());
        assertTrue(lastRequest().contains("Credential=AKID2/"), lastRequest());
        assertTrue(lastRequest().contains("| X-Amz-Security-Token: token-2"), lastRequest());
    }

    @Test
    void signsWithTheInstancesRole() {
        String roles = "/latest/meta-data/iam/security-credentials/";
        store.replies("/latest/api/token", 200, "imds-token")
                .replies(roles, 200, "etl-role\n")
                .replies(roles + "etl-role", 200, KEYS)
                .replies("/", 200, "{\"SecretString\": \"hunter-2\"}");
        manager().find(REF);

        assertEquals(
                List.of(
                        "PUT /latest/api/token",
                        "GET " + roles + " | X-aws-ec2-metadata-token: imds-token",
                        "GET " + roles + "etl-role | X-aws-ec2-metadata-token: imds-token"),
                store.requests().subList(0, 3));
        assertTrue(lastRequest().contains("Credential=AKID2/"), lastRequest());
    }

    @Test
    void signsWithAWebIdentity(@TempDir Path folder) throws IOException {
        environment.put("AWS_ROLE_ARN", "arn:aws:iam::1:role/etl");
        environment.put(
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                Files.writeString(folder.resolve("token"), "web-token").toString());
        String keys = KEYS.replace("\"Token\"", "\"SessionToken\"").replace("\"2999-01-01T00:00:00Z\"", "4.0E9");
        store.replies(
                        "/sts/",
                        200,
                        "{\"AssumeRoleWithWebIdentityResponse\": {\"AssumeRoleWithWebIdentityResult\":"
                                + " {\"Credentials\": " + keys + "}}}")
                .replies("/", 200, "{\"SecretString\": \"hunter-2\"}");
        manager().find(REF);

        assertEquals(
                "POST /sts/ | Content-Type: application/x-www-form-urlencoded | Action=AssumeRoleWithWebIdentity"
                        + "&Version=2011-06-15&RoleSessionName=ingot&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fetl"
                        + "&WebIdentityToken=web-token",
                store.requests().get(0));
        assertTrue(lastRequest().contains("| X-Amz-Security-Token: token-2"), lastRequest());
    }

    @Test
    void reportsAMachineWithoutARole() {
        SecretException failed =
                assertThrows(SecretException.class, () -> manager().find(REF));

        assertEquals("the EC2 instance metadata service returned no credentials (404)", failed.getMessage());
        assertEquals(
                "Assign an IAM role to this job, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.", failed.remedy());
    }
}
