package dev.ingot.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final String VALUE = "hunter2";
    private static final SecretRef REF = new SecretRef("kv", "db-password.v2");

    @Test
    void variablesAreNamedByScopeAndKey() {
        SecretProvider provider = new EnvironmentSecrets(Map.of("INGOT_SECRET_KV_DB_PASSWORD_V2", VALUE));

        assertEquals(VALUE, provider.find(REF).orElseThrow().reveal());
        assertEquals(Optional.empty(), provider.find(new SecretRef("kv", "other")));
        assertEquals("Set the environment variable INGOT_SECRET_KV_DB_PASSWORD_V2.", provider.remedy(REF));
    }

    @Test
    void filesAreNamedByTheKey(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("db-password.v2"), VALUE + "\r\n");
        Files.createDirectory(folder.resolve("more"));
        SecretProvider provider = new FileSecrets(folder);

        assertEquals(VALUE, provider.find(REF).orElseThrow().reveal());
        assertEquals(Optional.empty(), provider.find(new SecretRef("kv", "other")));
        assertEquals(Optional.empty(), provider.find(new SecretRef("kv", "more")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../outside", "more/../../outside", "/etc/hostname", "."})
    void noKeyLeadsOutOfTheFolder(String key, @TempDir Path parent) throws IOException {
        Files.writeString(parent.resolve("outside"), VALUE);
        Path folder = Files.createDirectory(parent.resolve("secrets"));

        assertEquals(Optional.empty(), new FileSecrets(folder).find(new SecretRef("kv", key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kv/password", "a-b_c.d@e/F-g_h.i", "1/2"})
    void aReferenceIsScopeAndKey(String text) {
        assertEquals(
                "${secret:" + text + "}", SecretRef.parse(text).orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "password", "kv/", "/password", "a/b/c", "kv/pass word", "kv/a\u0000", "kv/a}", "kv/a\n"
            })
    void nothingElseIs(String text) {
        assertEquals(Optional.empty(), SecretRef.parse(text));
    }

    @Test
    void noValuePrints(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(REF.key()), VALUE);
        EnvironmentSecrets environment = new EnvironmentSecrets(Map.of("INGOT_SECRET_KV_DB_PASSWORD_V2", VALUE));
        FileSecrets files = new FileSecrets(folder);
        List<Object> things = List.of(
                environment,
                files,
                environment.find(REF),
                files.find(REF),
                new Secret(VALUE),
                new SecretText.Hidden(REF),
                environment.remedy(REF),
                files.remedy(REF),
                REF);

        assertFalse(things.toString().contains(VALUE));
        assertEquals("***", new Secret(VALUE).toString());
        assertEquals("***", new SecretText.Hidden(REF).toString());
    }
}
