package dev.ingot.secrets.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.secrets.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks signatures that AWS published: cases of its "Signature Version 4 test suite", and the example of the IAM User
 * Guide.
 */
class AwsSignatureTest {

    private static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");

    private static AwsSignature signature(String service, Optional<Secret> token) {
        Secret key = new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        return new AwsSignature(new AwsCredentials("AKIDEXAMPLE", key, token, Optional.empty()), "us-east-1", service);
    }

    private static String signed(String method, String address, Map<String, String> headers, String body) {
        return signature("service", Optional.empty())
                .headers(method, URI.create(address), headers, body, NOW)
                .get("authorization")
                .replaceAll(".*Signature=", "");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  https://example.amazonaws.com/, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "GET,  https://example.amazonaws.com,  5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "GET,  https://example.amazonaws.com/?Param2=value2&Param1=value1,"
                + " b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        "POST, https://example.amazonaws.com/, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
    })
    void signsRequestsWithoutABodyAsInTheTestSuite(String method, String address, String expected) {
        assertEquals(expected, signed(method, address, Map.of(), ""));
    }

    @Test
    void signsABodyAndItsContentType() {
        assertEquals(
                "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
                signed(
                        "POST",
                        "https://example.amazonaws.com/",
                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        "Param1=value1"));
    }

    @Test
    void collapsesSpacesInHeaders() {
        assertEquals(
                "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
                signed(
                        "GET",
                        "https://example.amazonaws.com/",
                        Map.of("My-Header1", " value1", "My-Header2", " \"a   b   c\" "),
                        ""));
    }

    @Test
    void signsTheExampleOfTheUserGuide() {
        Map<String, String> headers = signature("iam", Optional.empty())
                .headers(
                        "GET",
                        URI.create("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"),
                        Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                        "",
                        NOW);

        assertEquals(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
                        + " SignedHeaders=content-type;host;x-amz-date,"
                        + " Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
                headers.get("authorization"));
        assertEquals("20150830T123600Z", headers.get("x-amz-date"));
    }

    @Test
    void sendsAndSignsASessionToken() {
        Map<String, String> headers = signature("service", Optional.of(new Secret("session-token")))
                .headers("GET", URI.create("http://127.0.0.1:81/"), Map.of(), "", NOW);

        assertEquals("session-token", headers.get("x-amz-security-token"));
        assertTrue(headers.get("authorization").contains("SignedHeaders=host;x-amz-date;x-amz-security-token,"));
    }
}
