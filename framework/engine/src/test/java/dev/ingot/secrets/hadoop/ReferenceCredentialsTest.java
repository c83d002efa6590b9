package dev.ingot.secrets.hadoop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.ProviderUtils;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hadoop's file systems get secrets as passwords, from settings that hold only secret references. */
class ReferenceCredentialsTest {

    private static final String PATH = CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH;

    @TempDir
    private Path folder;

    private final Configuration settings = new Configuration(false);

    @BeforeEach
    void settings() throws IOException {
        write("lake", "possum-88");
        settings.set("ingot.secret.fs.s3a.secret.key", "files/lake");
        settings.set("ingot.secret.fs.azure.account.key.x", "files/missing");
        settings.set("ingot.scope.files.provider", "file");
        settings.set("ingot.scope.files.path", folder.toString());
        settings.set(PATH, "ingot:///");
    }

    private void write(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void resolvesAPasswordOnRequest() throws IOException {
        assertArrayEquals("possum-88".toCharArray(), settings.getPassword("fs.s3a.secret.key"));
        assertNull(settings.getPassword("fs.s3a.access.key"));
        settings.set("fs.s3a.access.key", "plain");
        assertArrayEquals("plain".toCharArray(), settings.getPassword("fs.s3a.access.key"));
        settings.forEach(setting -> assertFalse(setting.getValue().contains("possum-88"), setting.getKey()));
    }

    @Test
    void cachesAValue() throws IOException {
        settings.getPassword("fs.s3a.secret.key");
        write("lake", "possum-89");

        assertArrayEquals("possum-88".toCharArray(), settings.getPassword("fs.s3a.secret.key"));
    }

    @Test
    void failsForAMissingSecret() {
        assertEquals(
                "Cannot resolve the secret for 'fs.azure.account.key.x': the secret does not exist",
                failure("fs.azure.account.key.x"));
    }

    @Test
    void failsForAnUndefinedScope() {
        settings.set("ingot.secret.a", "other/a");
        settings.set("ingot.secret.b", "no reference");

        assertEquals(
                "Cannot resolve the secret for 'a': the settings of the secret scope 'other' are invalid:"
                        + " 'ingot.scope.other.provider' is missing",
                failure("a"));
        assertEquals("Cannot resolve the secret for 'b': 'ingot.secret.b' is not a secret reference", failure("b"));
    }

    /** Returns the message of the root cause; Hadoop wraps it in its own exceptions. */
    private String failure(String name) {
        Throwable failed = assertThrows(IOException.class, () -> settings.getPassword(name));
        while (failed.getCause() != null) {
            failed = failed.getCause();
        }
        return failed.getMessage();
    }

    @Test
    void worksNextToAnotherProvider() throws Exception {
        String store = "jceks://file" + folder.resolve("etl.jceks");
        HadoopSecretsTest.create(store, "fs.s3a.access.key", "possum-90");
        settings.set(PATH, store + ",ingot:///");

        assertArrayEquals("possum-90".toCharArray(), settings.getPassword("fs.s3a.access.key"));
        assertArrayEquals("possum-88".toCharArray(), settings.getPassword("fs.s3a.secret.key"));
    }

    /** S3A, ABFS and WASB exclude providers that are stored in a file system of their own kind. */
    @ParameterizedTest
    @ValueSource(strings = {"s3a", "abfs", "abfss", "wasb", "wasbs", "hdfs"})
    void isNotExcludedByAnyFileSystem(String scheme) throws IOException {
        settings.setClass("fs." + scheme + ".impl", RawLocalFileSystem.class, FileSystem.class);
        settings.set(PATH, "jceks://" + scheme + "@bucket/etl.jceks,ingot:///");
        Configuration remaining =
                ProviderUtils.excludeIncompatibleCredentialProviders(settings, RawLocalFileSystem.class);

        assertEquals("ingot:///", remaining.get(PATH));
        assertArrayEquals("possum-88".toCharArray(), remaining.getPassword("fs.s3a.secret.key"));
    }

    @Test
    void isNotExcludedByTheLocalFileSystem() throws IOException {
        assertEquals(
                "ingot:///",
                ProviderUtils.excludeIncompatibleCredentialProviders(settings, LocalFileSystem.class)
                        .get(PATH));
    }

    @Test
    void isReadOnly() throws IOException {
        CredentialProvider provider =
                CredentialProviderFactory.getProviders(settings).get(0);

        assertEquals(List.of("fs.azure.account.key.x", "fs.s3a.secret.key"), provider.getAliases());
        assertEquals(
                "fs.s3a.secret.key: ***",
                provider.getCredentialEntry("fs.s3a.secret.key").toString());
        assertThrows(IOException.class, () -> provider.createCredentialEntry("a", new char[0]));
        assertThrows(IOException.class, () -> provider.deleteCredentialEntry("a"));
    }
}
