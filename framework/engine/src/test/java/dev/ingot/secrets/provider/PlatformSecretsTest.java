package dev.ingot.secrets.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretRef;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Secrets from platforms' own libraries; fakes of those libraries are among the test sources. */
class PlatformSecretsTest {

    private static final SecretRef REF = new SecretRef("kv", "password");
    private static final SecretRef MISSING = new SecretRef("kv", "missing");

    @Test
    void readsASecretOfDatabricksOnTheDriver() {
        DatabricksSecrets secrets = new DatabricksSecrets("etl");

        assertEquals("hunter-2", secrets.find(REF).orElseThrow().reveal());
        assertEquals(Optional.empty(), secrets.find(MISSING));
        assertEquals(
                "Add 'missing' to the secret scope 'etl' of the workspace, and grant READ on it to the identity that"
                        + " runs the job.",
                secrets.remedy(MISSING));
    }

    @Test
    void readsASecretOfSynapseWithTheIdentityOfALinkedService() {
        SynapseSecrets both = new SynapseSecrets(Optional.of("sales"), Optional.of("vault_service"));
        SynapseSecrets vault = new SynapseSecrets(Optional.of("sales"), Optional.empty());
        SynapseSecrets service = new SynapseSecrets(Optional.empty(), Optional.of("vault_service"));

        assertEquals(
                "workspace sales password vault_service",
                both.find(REF).orElseThrow().reveal());
        assertEquals("user sales password", vault.find(REF).orElseThrow().reveal());
        assertEquals(
                "workspace lake-key vault_service",
                service.find(new SecretRef("kv", "lake_key")).orElseThrow().reveal());
        assertEquals(Optional.empty(), both.find(MISSING));
        assertEquals(
                "Create the secret 'missing' in the vault, and allow the workspace's identity to read it (linked"
                        + " service 'vault_service').",
                both.remedy(MISSING));
        assertEquals(
                "Create the secret 'missing' in the vault, and allow the user who runs the job to read it.",
                vault.remedy(MISSING));
    }

    @Test
    void failsOutsideThePlatform() {
        PlatformLibrary absent = new PlatformLibrary("Databricks");
        SecretException failed =
                assertThrows(SecretException.class, () -> absent.callStatic("no.such.Type", "dbutils"));

        assertEquals("this process does not run on Databricks", failed.getMessage());
        assertEquals("Use another provider under 'secrets:' in the environment used here.", failed.remedy());
    }

    @Test
    void reportsAnIncompatibleLibrary() {
        PlatformLibrary changed = new PlatformLibrary("Synapse");
        SecretException failed =
                assertThrows(SecretException.class, () -> changed.callStatic("java.lang.Math", "getSecret", "a"));

        assertEquals("Synapse's secrets library has no compatible method 'getSecret'", failed.getMessage());
    }
}
