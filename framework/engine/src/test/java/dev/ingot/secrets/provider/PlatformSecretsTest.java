package dev.ingot.secrets.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretRef;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What platforms give to their jobs; the libraries that they would bring stand beside this test. */
class PlatformSecretsTest {

    private static final SecretRef REF = new SecretRef("kv", "password");
    private static final SecretRef MISSING = new SecretRef("kv", "missing");

    @Test
    void databricksIsAskedOnTheDriver() {
        DatabricksSecrets secrets = new DatabricksSecrets("etl");

        assertEquals("hunter-2", secrets.find(REF).orElseThrow().reveal());
        assertEquals(Optional.empty(), secrets.find(MISSING));
        assertEquals(
                "Put 'missing' into the scope 'etl' of the workspace, and give whoever runs the job the right READ on it.",
                secrets.remedy(MISSING));
    }

    @Test
    void synapseIsAskedWithTheWorkspacesIdentityWhereALinkedServiceSaysSo() {
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
                "Make the secret 'missing' in the vault, and let the workspace's identity read it (linked service"
                        + " 'vault_service').",
                both.remedy(MISSING));
        assertEquals(
                "Make the secret 'missing' in the vault, and let whoever runs the job read it.", vault.remedy(MISSING));
    }

    @Test
    void elsewhereNeitherIsThere() {
        PlatformLibrary absent = new PlatformLibrary("Databricks");
        SecretException failed =
                assertThrows(SecretException.class, () -> absent.callStatic("no.such.Type", "dbutils"));

        assertEquals("this is not Databricks", failed.getMessage());
        assertEquals("Use another provider under 'secrets:' in the environment that runs here.", failed.remedy());
    }

    @Test
    void aLibraryThatChangedIsTold() {
        PlatformLibrary changed = new PlatformLibrary("Synapse");
        SecretException failed =
                assertThrows(SecretException.class, () -> changed.callStatic("java.lang.Math", "getSecret", "a"));

        assertEquals("Synapse's library for secrets has no method 'getSecret' as it was", failed.getMessage());
    }
}
