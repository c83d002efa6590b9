package dev.ingot.secrets.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.secrets.Redaction;
import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFieldsTest {

    private static final Secret DOCUMENT =
            new Secret("{\"key\": \"kangaroo-1\", \"s3\": {\"port\": 9000, \"none\": null}}");

    @ParameterizedTest
    @CsvSource({"key, kangaroo-1", "s3.port, 9000"})
    void redactsAFieldToo(String path, String expected) {
        assertEquals(
                expected,
                JsonFields.field(DOCUMENT, new SecretRef("aws", "lake", path)).reveal());
        assertEquals("***", Redaction.redact(expected));
    }

    @Test
    void returnsTheWholeValueWithoutAPath() {
        assertSame(DOCUMENT, JsonFields.field(DOCUMENT, new SecretRef("aws", "lake")));
    }

    @ParameterizedTest
    @CsvSource({"other", "s3", "s3.none", "key.more"})
    void refusesAPathWithoutAPlainValue(String path) {
        SecretException failed = assertThrows(
                SecretException.class, () -> JsonFields.field(DOCUMENT, new SecretRef("aws", "lake", path)));

        assertEquals("the secret 'lake' has no text, number or boolean field '" + path + "'", failed.getMessage());
        assertEquals(
                "Check the names of its fields; '#outer.inner' selects a field of a nested object.", failed.remedy());
    }

    @Test
    void doesNotQuoteABrokenDocument() {
        SecretException failed = assertThrows(
                SecretException.class,
                () -> JsonFields.field(new Secret("{\"key\": kangaroo-2"), new SecretRef("aws", "lake", "key")));

        assertEquals("the secret 'lake' is not a JSON document", failed.getMessage());
        assertEquals("Remove '#key' to use the whole value.", failed.remedy());
    }
}
