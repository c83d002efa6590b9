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

    private FakeSecretStore keeper;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        keeper = new FakeSecretStore();
        environment.put("AZURE_AUTHORITY_HOST", keeper.address() + "/");
        environment.put("AZURE_POD_IDENTITY_AUTHORITY_HOST", keeper.address());
    }

    @AfterEach
    void stop() {
        keeper.close();
    }

    private AzureKeyVaultSecrets vault() {
        return new AzureKeyVaultSecrets(
                keeper.address() + "/", environment, new SecretHttpClient(FakeSecretStore.SHORT));
    }

    private AzureKeyVaultSecrets vaultOfPrincipal() {
        environment.putAll(
                Map.of("AZURE_TENANT_ID", "tenant", "AZURE_CLIENT_ID", "app", "AZURE_CLIENT_SECRET", "pass word+"));
        keeper.replies(TOKEN, 200, "{\"access_token\": \"bearer-1\", \"expires_in\": 3600}");
        return vault();
    }

    @Test
    void aServicePrincipalReadsAndItsTokenIsKept() {
        AzureKeyVaultSecrets vault = vaultOfPrincipal();
        keeper.replies(SECRET, 200, "{\"value\": \"hunter-2\", \"id\": \"x\"}");

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
                keeper.requests());
    }

    @Test
    void aTokenThatIsSoonOverIsNotKept() {
        keeper.replies(TOKEN, 200, "{\"access_token\": \"bearer-1\", \"expires_in\": 60}")
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
                keeper.requests().stream()
                        .filter(request -> request.startsWith("GET"))
                        .map(request -> request.replaceAll(".*Bearer ", ""))
                        .toList());
    }

    @Test
    void aFederatedTokenStandsForTheSecret(@TempDir Path folder) throws IOException {
        environment.putAll(Map.of(
                "AZURE_TENANT_ID",
                "tenant",
                "AZURE_CLIENT_ID",
                "app",
                "AZURE_FEDERATED_TOKEN_FILE",
                Files.writeString(folder.resolve("token"), "ey.J\n").toString()));
        keeper.replies(TOKEN, 200, "{\"access_token\": \"bearer-3\"}")
                .replies(SECRET, 200, "{\"value\": \"hunter-2\"}");
        vault().find(REF);

        assertEquals(
                "POST " + TOKEN + " | Content-Type: application/x-www-form-urlencoded | grant_type=client_credentials"
                        + "&client_id=app&scope=https%3A%2F%2Fvault.azure.net%2F.default&client_assertion_type="
                        + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=ey.J",
                keeper.requests().get(0));
    }

    @Test
    void theMachinesIdentityReadsWhereNoPrincipalIsSet() {
        keeper.replies(
                        "/metadata/identity/oauth2/token",
                        200,
                        "{\"access_token\": \"bearer-4\", \"expires_in\": \"3600\"}")
                .replies(SECRET, 200, "{\"value\": \"hunter-2\"}");
        vault().find(REF);

        assertEquals(
                "GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net"
                        + " | Metadata: true",
                keeper.requests().get(0));
    }

    @Test
    void aServicesIdentityReadsWhereOneIsGiven() {
        environment.putAll(Map.of(
                "IDENTITY_ENDPOINT",
                keeper.address() + "/msi",
                "IDENTITY_HEADER",
                "echidna-7",
                "AZURE_CLIENT_ID",
                "app"));
        keeper.replies("/msi", 200, "{\"access_token\": \"bearer-5\"}")
                .replies(SECRET, 200, "{\"value\": \"hunter-2\"}");
        vault().find(REF);

        assertEquals(
                "GET /msi?api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net&client_id=app"
                        + " | X-IDENTITY-HEADER: echidna-7",
                keeper.requests().get(0));
    }

    @Test
    void aSecretThatIsNotThereIsNone() {
        AzureKeyVaultSecrets vault = vaultOfPrincipal();
        keeper.replies(SECRET, 404, "{\"error\": {\"code\": \"SecretNotFound\"}}");

        assertEquals(Optional.empty(), vault.find(REF));
        assertEquals("Make the secret 'lake-key-v2' in the vault " + keeper.address() + ".", vault.remedy(REF));
    }

    @Test
    void aKeyThatNoVaultTakesIsRefused() {
        SecretException refused = assertThrows(SecretException.class, () -> vault().find(new SecretRef("kv", "a@b")));

        assertEquals("'a@b' cannot be a name in a key vault", refused.getMessage());
    }

    static Stream<Arguments> failures() {
        String echo = "{\"error\": {\"message\": \"" + ECHO + "\"}}";
        return Stream.of(
                arguments(401, echo, "<vault> denied access to 'lake-key-v2' (401)", 1),
                arguments(403, echo, "<vault> denied access to 'lake-key-v2' (403)", 1),
                arguments(400, echo, "<vault> refused the request (400)", 1),
                arguments(302, "", "<vault> refused the request (302)", 1),
                arguments(429, echo, "<vault> is busy (429, asked 3 times)", 3),
                arguments(500, echo, "<vault> fails (500, asked 3 times)", 3),
                arguments(200, "<html>" + ECHO + "</html>", "<vault> answered with something else than JSON", 1),
                arguments(200, "{\"value\": \"" + ECHO, "<vault> answered with something else than JSON", 1),
                arguments(200, "", "<vault> answered with something else than JSON", 1),
                arguments(
                        200,
                        "{\"values\": [\"" + ECHO + "\"]}",
                        "<vault> answered with JSON of another form than is documented",
                        1));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureIsToldAndNothingOfTheAnswer(int status, String body, String expected, int asked) {
        AzureKeyVaultSecrets vault = vaultOfPrincipal();
        keeper.replies(SECRET, status, body);
        SecretException failed = assertThrows(SecretException.class, () -> vault.find(REF));

        assertEquals(expected.replace("<vault>", keeper.address()), failed.getMessage());
        assertFalse(failed.remedy().isEmpty() || failed.remedy().contains(ECHO), failed.remedy());
        assertEquals(asked + 1, keeper.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "Wed, 21 Oct 2026 07:28:00 GMT", "99999999"})
    void whoIsBusyIsAskedAgain(String after) {
        AzureKeyVaultSecrets vault = vaultOfPrincipal();
        keeper.replies(SECRET, 429, "{}", Map.of("Retry-After", after))
                .replies(SECRET, 503, "")
                .replies(SECRET, 200, "{\"value\": \"hunter-2\"}");

        assertEquals("hunter-2", vault.find(REF).orElseThrow().reveal());
    }

    @Test
    void whoSaysWhenIsAskedThenAtMostAsLateAsAnAnswerIsWaitedFor() {
        AzureKeyVaultSecrets vault = vaultOfPrincipal();
        keeper.replies(SECRET, 429, "{}", Map.of("Retry-After", "3600"))
                .replies(SECRET, 200, "{\"value\": \"hunter-2\"}");
        long begun = System.nanoTime();
        vault.find(REF);

        assertTrue(System.nanoTime() - begun >= 400_000_000);
    }

    @Test
    void whoIsSilentIsNotWaitedForForLong() {
        AzureKeyVaultSecrets vault = vaultOfPrincipal();
        keeper.isSilentAt(SECRET);
        SecretException failed = assertThrows(SecretException.class, () -> vault.find(REF));

        assertEquals(keeper.address() + " cannot be reached (no answer within 0.4 s)", failed.getMessage());
    }

    @Test
    void whoIsNotThereIsNamed() {
        AzureKeyVaultSecrets vault = vaultOfPrincipal();
        keeper.close();
        SecretException failed = assertThrows(SecretException.class, () -> vault.find(REF));

        assertEquals("Microsoft Entra cannot be reached (no connection)", failed.getMessage());
        assertEquals(
                "Look whether the address is right, and whether the network lets this machine reach it.",
                failed.remedy());
    }

    @Test
    void aTokenThatIsRefusedIsToldWithTheVariables() {
        environment.putAll(
                Map.of("AZURE_TENANT_ID", "tenant", "AZURE_CLIENT_ID", "app", "AZURE_CLIENT_SECRET", "pass word+"));
        keeper.replies(TOKEN, 401, "{\"error\": \"" + ECHO + "\"}");
        SecretException failed = assertThrows(SecretException.class, () -> vault().find(REF));

        assertEquals("Microsoft Entra gives no token (401)", failed.getMessage());
        assertEquals("Look at AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.", failed.remedy());
    }

    @Test
    void aMachineWithoutAnIdentityIsToldWhatToDo() {
        keeper.replies("/metadata/identity/oauth2/token", 400, "{\"error\": \"invalid_request\"}");
        SecretException failed = assertThrows(SecretException.class, () -> vault().find(REF));

        assertEquals("the managed identity of this machine gives no token (400)", failed.getMessage());
        assertEquals(
                "Give this machine a managed identity, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.",
                failed.remedy());
    }
}
