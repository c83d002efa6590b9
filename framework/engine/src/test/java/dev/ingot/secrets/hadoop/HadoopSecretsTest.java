package dev.ingot.secrets.hadoop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopSecretsTest {

    @TempDir
    private Path folder;

    /** Creates an entry as {@code hadoop credential create} does. */
    static void create(String store, String alias, String value) throws IOException {
        Configuration settings = new Configuration(false);
        settings.set(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH, store);
        CredentialProvider provider =
                CredentialProviderFactory.getProviders(settings).get(0);
        provider.createCredentialEntry(alias, value.toCharArray());
        provider.flush();
    }

    @Test
    void readsTheAliasOfAKey() throws IOException {
        String store = "jceks://file" + folder.resolve("etl.jceks");
        create(store, "lake.key", "wallaby-7");
        HadoopSecrets secrets = new HadoopSecrets(store);

        assertEquals(
                "wallaby-7",
                secrets.find(new SecretRef("etl", "lake.key")).orElseThrow().reveal());
        assertEquals(Optional.empty(), secrets.find(new SecretRef("etl", "other")));
        assertEquals(
                "Create it: hadoop credential create other -provider " + store,
                secrets.remedy(new SecretRef("etl", "other")));
    }

    @Test
    void reportsAFileThatIsNotACredentialStore() throws IOException {
        Path file = Files.writeString(folder.resolve("etl.jceks"), "not a store");
        String store = "jceks://file" + file;
        SecretException failed =
                assertThrows(SecretException.class, () -> new HadoopSecrets(store).find(new SecretRef("etl", "key")));

        assertEquals("the credential store " + store + " cannot be read", failed.getMessage());
        assertEquals(
                "Check that it exists, that this user may read it, and that HADOOP_CREDSTORE_PASSWORD is its password.",
                failed.remedy());
    }

    @Test
    void reportsAnUnknownStoreAddress() {
        SecretException failed = assertThrows(
                SecretException.class, () -> new HadoopSecrets("nothing://x").find(new SecretRef("etl", "key")));

        assertEquals("the credential store nothing://x cannot be read", failed.getMessage());
    }
}
