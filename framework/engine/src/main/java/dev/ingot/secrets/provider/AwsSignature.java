package dev.ingot.secrets.provider;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to AWS with Signature Version 4, as described in "Create a signed AWS API request" of the IAM User
 * Guide. Paths and queries are signed as they appear in the address, so they must already be encoded as AWS requires.
 *
 * @param service the service's signing name, such as {@code secretsmanager}
 */
record AwsSignature(AwsCredentials credentials, String region, String service) {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    AwsSignature {
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(service, "service");
    }

    /**
     * Returns the headers to send: those passed in, in lower case, with the time, the session token and the signature.
     * The host is signed too, but not returned: every HTTP client sends it.
     */
    Map<String, String> headers(String method, URI address, Map<String, String> extra, String body, Instant now) {
        String time = TIME.format(now);
        String scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        SortedMap<String, String> headers = new TreeMap<>();
        extra.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        headers.put("host", address.getRawAuthority());
        headers.put("x-amz-date", time);
        credentials.sessionToken().ifPresent(token -> headers.put("x-amz-security-token", token.reveal()));
        String signed = String.join(";", headers.keySet());
        String request = String.join(
                "\n", method, path(address), query(address), canonicalHeaders(headers), signed, hex(sha256(body)));
        String toSign = String.join("\n", ALGORITHM, time, scope, hex(sha256(request)));
        headers.remove("host");
        headers.put(
                "authorization",
                ALGORITHM + " Credential=" + credentials.accessKey() + "/" + scope + ", SignedHeaders=" + signed
                        + ", Signature=" + hex(hmac(signingKey(scope), toSign)));
        return headers;
    }

    private static String path(URI address) {
        return address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    }

    private static String query(URI address) {
        return address.getRawQuery() == null
                ? ""
                : Arrays.stream(address.getRawQuery().split("&", -1)).sorted().collect(Collectors.joining("&"));
    }

    private static String canonicalHeaders(SortedMap<String, String> headers) {
        return headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip().replaceAll(" +", " ") + "\n")
                .collect(Collectors.joining());
    }

    /** Derives the signing key of the day: one HMAC for each part of the scope. */
    private byte[] signingKey(String scope) {
        byte[] key = ("AWS4" + credentials.secretKey().reveal()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
