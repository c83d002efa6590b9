package dev.ingot.secrets.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretProvider;
import dev.ingot.secrets.SecretRef;
import dev.ingot.secrets.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretProvidersTest {

    private static final String VALUE = "hunter2";
    private static final SecretRef REF = new SecretRef("kv", "db-password.v2");

    @Test
    void readsAVariableNamedByScopeAndKey() {
        SecretProvider provider = new EnvironmentSecrets(Map.of("INGOT_SECRET_KV_DB_PASSWORD_V2", VALUE));

        assertEquals(VALUE, provider.find(REF).orElseThrow().reveal());
        assertEquals(Optional.empty(), provider.find(new SecretRef("kv", "other")));
        assertEquals("Set the environment variable INGOT_SECRET_KV_DB_PASSWORD_V2.", provider.remedy(REF));
    }

    @Test
    void readsAFileNamedByTheKey(@TempDir Path folder) throws IOException {
        write(folder.resolve("db-password.v2"), VALUE + "\r\n");
        Files.createDirectory(folder.resolve("more"));
        SecretProvider provider = new FileSecrets(folder);

        assertEquals(VALUE, provider.find(REF).orElseThrow().reveal());
        assertEquals(Optional.empty(), provider.find(new SecretRef("kv", "other")));
        assertEquals(Optional.empty(), provider.find(new SecretRef("kv", "more")));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--"})
    void refusesAFileThatOthersCanRead(String permissions, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("password");
        write(file, VALUE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        FileSecrets files = new FileSecrets(folder);
        SecretRef ref = new SecretRef("kv", "password");
        SecretException refused = assertThrows(SecretException.class, () -> files.find(ref));

        assertEquals("other users can read the file " + file, refused.getMessage());
        assertEquals("Restrict its permissions: chmod go-rwx " + file, refused.remedy());
    }

    @Test
    void acceptsAFileMountedByKubernetes(@TempDir Path folder) throws IOException {
        Path version = Files.createDirectory(folder.resolve("..2026_01_01"));
        write(version.resolve("password"), VALUE);
        Files.setPosixFilePermissions(version.resolve("password"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(folder.resolve("..data"), version);
        Files.createSymbolicLink(folder.resolve("password"), Path.of("..data", "password"));

        assertEquals(
                VALUE,
                new FileSecrets(folder)
                        .find(new SecretRef("kv", "password"))
                        .orElseThrow()
                        .reveal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../outside", "more/../../outside", "/etc/hostname", "."})
    void doesNotReadOutsideTheFolder(String key, @TempDir Path parent) throws IOException {
        Files.writeString(parent.resolve("outside"), VALUE);
        Path folder = Files.createDirectory(parent.resolve("secrets"));

        assertEquals(Optional.empty(), new FileSecrets(folder).find(new SecretRef("kv", key)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kv/password", "a-b_c.d@e/F-g_h.i", "1/2", "aws/prod/lake", "aws/prod/lake#s3.key", "k/..a/.b"})
    void parsesScopeAndKey(String text) {
        assertEquals(
                "${secret:" + text + "}", SecretRef.parse(text).orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "password",
                "kv/",
                "/password",
                "a//c",
                "a/b/",
                "a/..",
                "a/../b",
                "a/b/./c",
                "a/b#",
                "a/b#c#d",
                "a/..#c",
                "kv/pass word",
                "kv/a\u0000",
                "kv/a}",
                "kv/a\n"
            })
    void rejectsOtherReferences(String text) {
        assertEquals(Optional.empty(), SecretRef.parse(text));
    }

    @Test
    void printsNoValue(@TempDir Path folder) throws IOException {
        write(folder.resolve(REF.key()), VALUE);
        EnvironmentSecrets environment = new EnvironmentSecrets(Map.of("INGOT_SECRET_KV_DB_PASSWORD_V2", VALUE));
        FileSecrets files = new FileSecrets(folder);
        List<Object> objects = List.of(
                environment,
                files,
                environment.find(REF),
                files.find(REF),
                new Secret(VALUE),
                new SecretText.Hidden(REF),
                environment.remedy(REF),
                files.remedy(REF),
                REF);

        assertFalse(objects.toString().contains(VALUE));
        assertEquals("***", new Secret(VALUE).toString());
        assertEquals("***", new SecretText.Hidden(REF).toString());
    }
}
