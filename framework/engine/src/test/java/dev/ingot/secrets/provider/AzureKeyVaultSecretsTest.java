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
import org.junit.jupiter.params.provider.ValueSource;

class AzureKeyVaultSecretsTest {

    private static final String SECRET = "/secrets/lake-key-v2";
    private static final String TOKEN = "/tenant/oauth2/v2.0/token";
    private static final SecretRef REF = new SecretRef("kv", "lake_key.v2");
    private static final String ECHO = "marsupial-99";

    private FakeSecretStore store;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        store = new FakeSecretStore();
        environment.put("AZURE_AUTHORITY_HOST", store.address() + "/");
        environment.put("AZURE_POD_IDENTITY_AUTHORITY_HOST", store.address());
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private AzureKeyVaultSecrets vault() {
        return vault(FakeSecretStore.LONG);
    }

    private AzureKeyVaultSecrets vault(SecretHttpClient.RetryPolicy retryPolicy) {
        return new AzureKeyVaultSecrets(store.address() + "/", environment, new SecretHttpClient(retryPolicy));
    }

    private AzureKeyVaultSecrets vaultOfPrincipal() {
        return vaultOfPrincipal(FakeSecretStore.LONG);
    }

    private AzureKeyVaultSecrets vaultOfPrincipal(SecretHttpClient.RetryPolicy retryPolicy) {
        environment.putAll(
                Map.of("AZURE_TENANT_ID", "tenant", "AZURE_CLIENT_ID", "app", "AZURE_CLIENT_SECRET", "pass word+"));
        store.replies(TOKEN, 200, "{\"access_token\": \"bearer-1\", \"expires_in\": 3600}");
        return vault(retryPolicy);
    }

    @Test
    void readsWithAServicePrincipalAndCachesItsToken() {
        AzureKeyVaultSecrets vault = vaultOfPrincipal();
        store.replies(SECRET, 200, "{\"value\": \"hunter-2\", \"id\": \"x\"}");

        assertEquals("hunter-2", vault.find(REF).orElseThrow().reveal());
        assertEquals("hunter-2", vault.find(REF).orElseThrow().reveal());
        String read = "GET " + SECRET + "?api-version=7.4 | Authorization: Bearer bearer-1";
        assertEquals(
                List.of(
                        "POST " + TOKEN
                                + " | Content-Type: application/x-www-form-urlencoded | grant_type=client_credentials"
                                + "&client_id=app&scope=https%3A%2F%2Fvault.azure.net%2F.default&client_secret=pass+word%2B",
                        read,
                        read),
                store.requests());
    }

    @Test
    void doesNotCacheATokenThatExpiresSoon() {
        store.replies(TOKEN, 200, "{\"access_token\": \"bearer-1\", \"expires_in\": 60}")
                .replies(TOKEN, 200, "{\"access_token\": \"bearer-2\", \"expires_in\": 3600}")
                .replies(SECRET, 200, "{\"value\": \"hunter-2\"}");
        environment.putAll(
                Map.of("AZURE_TENANT_ID", "tenant", "AZURE_CLIENT_ID", "app", "AZURE_CLIENT_SECRET", "pass word+"));
        AzureKeyVaultSecrets vault = vault();
        vault.find(REF);
        vault.find(REF);
        vault.find(REF);

        assertEquals(
                List.of("bearer-1", "bearer-2", "bearer-2"),
                store.requests().stream()
                        .filter(request -> request.startsWith("GET"))
                        .map(request -> request.replaceAll(".*Bearer ", ""))
                        .toList());
    }

    @Test
    void signsInWithAFederatedToken(@TempDir Path folder) throws IOException {
        environment.putAll(Map.of(
                "AZURE_TENANT_ID",
                "tenant",
                "AZURE_CLIENT_ID",
                "app",
                "AZURE_FEDERATED_TOKEN_FILE",
                Files.writeString(folder.resolve("token"), "ey.J\n").toString()));
        store.replies(TOKEN, 200, "{\"access_token\": \"bearer-3\"}").replies(SECRET, 200, "{\"value\": \"hunter-2\"}");
        vault().find(REF);

        assertEquals(
                "POST " + TOKEN + " | Content-Type: application/x-www-form-urlencoded | grant_type=client_credentials"
                        + "&client_id=app&scope=https%3A%2F%2Fvault.azure.net%2F.default&client_assertion_type="
                        + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=ey.J",
                store.requests().get(0));
    }

    @Test
    void usesTheManagedIdentityWithoutAPrincipal() {
        store.replies(
                        "/metadata/identity/oauth2/token",
                        200,
                        "{\"access_token\": \"bearer-4\", \"expires_in\": \"3600\"}")
                .replies(SECRET, 200, "{\"value\": \"hunter-2\"}");
        vault().find(REF);

        assertEquals(
                "GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net"
                        + " | Metadata: true",
                store.requests().get(0));
    }

    @Test
    void usesTheIdentityEndpointOfAService() {
        environment.putAll(Map.of(
                "IDENTITY_ENDPOINT",
                store.address() + "/msi",
                "IDENTITY_HEADER",
                "echidna-7",
                "AZURE_CLIENT_ID",
                "app"));
        store.replies("/msi", 200, "{\"access_token\": \"bearer-5\"}")
                .replies(SECRET, 200, "{\"value\": \"hunter-2\"}");
        vault().find(REF);

        assertEquals(
                "GET /msi?api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net&client_id=app"
                        + " | X-IDENTITY-HEADER: echidna-7",
                store.requests().get(0));
    }

    @Test
    void returnsEmptyForAMissingSecret() {
        AzureKeyVaultSecrets vault = vaultOfPrincipal();
        store.replies(SECRET, 404, "{\"error\": {\"code\": \"SecretNotFound\"}}");

        assertEquals(Optional.empty(), vault.find(REF));
        assertEquals("Create the secret 'lake-key-v2' in the vault " + store.address() + ".", vault.remedy(REF));
    }

    @Test
    void refusesAKeyThatIsNotAValidName() {
        SecretException refused = assertThrows(SecretException.class, () -> vault().find(new SecretRef("kv", "a@b")));

        assertEquals("'a@b' is not a valid secret name in Azure Key Vault", refused.getMessage());
    }

    static Stream<Arguments> failures() {
        String echo = "{\"error\": {\"message\": \"" + ECHO + "\"}}";
        return Stream.of(
                arguments(401, echo, "<vault> denied access to 'lake-key-v2' (401)", 1),
                arguments(403, echo, "<vault> denied access to 'lake-key-v2' (403)", 1),
                arguments(400, echo, "<vault> rejected the request (400)", 1),
                arguments(302, "", "<vault> rejected the request (302)", 1),
                arguments(429, echo, "<vault> throttles requests (429, tried 3 times)", 3),
                arguments(500, echo, "<vault> failed (500, tried 3 times)", 3),
                arguments(200, "<html>" + ECHO + "</html>", "<vault> returned something other than JSON", 1),
                arguments(200, "{\"value\": \"" + ECHO, "<vault> returned something other than JSON", 1),
                arguments(200, "", "<vault> returned something other than JSON", 1),
                arguments(
                        200, "{\"values\": [\"" + ECHO + "\"]}", "<vault> returned JSON in an undocumented format", 1));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void reportsEveryFailureWithoutTheResponse(int status, String body, String expected, int attempts) {
        AzureKeyVaultSecrets vault = vaultOfPrincipal();
        store.replies(SECRET, status, body);
        SecretException failed = assertThrows(SecretException.class, () -> vault.find(REF));

        assertEquals(expected.replace("<vault>", store.address()), failed.getMessage());
        assertFalse(failed.remedy().isEmpty() || failed.remedy().contains(ECHO), failed.remedy());
        assertEquals(attempts + 1, store.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "Wed, 21 Oct 2026 07:28:00 GMT", "99999999"})
    void retriesAfterThrottling(String retryAfter) {
        AzureKeyVaultSecrets vault = vaultOfPrincipal();
        store.replies(SECRET, 429, "{}", Map.of("Retry-After", retryAfter))
                .replies(SECRET, 503, "")
                .replies(SECRET, 200, "{\"value\": \"hunter-2\"}");

        assertEquals("hunter-2", vault.find(REF).orElseThrow().reveal());
    }

    @Test
    void capsRetryAfterAtTheResponseTimeout() {
        AzureKeyVaultSecrets vault = vaultOfPrincipal(FakeSecretStore.SHORT);
        store.replies(SECRET, 429, "{}", Map.of("Retry-After", "3600"))
                .replies(SECRET, 200, "{\"value\": \"hunter-2\"}");
        long start = System.nanoTime();
        vault.find(REF);

        assertTrue(System.nanoTime() - start >= 900_000_000);
    }

    @Test
    void timesOut() {
        AzureKeyVaultSecrets vault = vaultOfPrincipal(FakeSecretStore.SHORT);
        store.neverReplies(SECRET);
        SecretException failed = assertThrows(SecretException.class, () -> vault.find(REF));

        assertEquals(store.address() + " cannot be reached (no response within 0.9 s)", failed.getMessage());
    }

    @Test
    void namesAnUnreachableService() {
        AzureKeyVaultSecrets vault = vaultOfPrincipal();
        store.close();
        SecretException failed = assertThrows(SecretException.class, () -> vault.find(REF));

        assertEquals("Microsoft Entra cannot be reached (no connection)", failed.getMessage());
        assertEquals(
                "Check that the address is right, and that the network allows this machine to reach it.",
                failed.remedy());
    }

    @Test
    void reportsARefusedTokenWithItsVariables() {
        environment.putAll(
                Map.of("AZURE_TENANT_ID", "tenant", "AZURE_CLIENT_ID", "app", "AZURE_CLIENT_SECRET", "pass word+"));
        store.replies(TOKEN, 401, "{\"error\": \"" + ECHO + "\"}");
        SecretException failed = assertThrows(SecretException.class, () -> vault().find(REF));

        assertEquals("Microsoft Entra returned no token (401)", failed.getMessage());
        assertEquals("Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.", failed.remedy());
    }

    @Test
    void reportsAMachineWithoutAnIdentity() {
        store.replies("/metadata/identity/oauth2/token", 400, "{\"error\": \"invalid_request\"}");
        SecretException failed = assertThrows(SecretException.class, () -> vault().find(REF));

        assertEquals("this machine's managed identity endpoint returned no token (400)", failed.getMessage());
        assertEquals(
                "Assign a managed identity to this machine, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and"
                        + " AZURE_CLIENT_SECRET.",
                failed.remedy());
    }
}
