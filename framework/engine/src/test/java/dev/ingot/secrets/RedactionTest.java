package dev.ingot.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Redaction of secret values, in every encoding in which other libraries print them. */
class RedactionTest {

    private static final String VALUE = "Quokka/37+\"pass'<word>&=\\ é==";

    private static String redact(String text) {
        return Redaction.redact(text);
    }

    @Test
    void redactsEveryEncodingOfAValue() {
        byte[] bytes = VALUE.getBytes(StandardCharsets.UTF_8);
        List<String> forms = List.of(
                VALUE,
                URLEncoder.encode(VALUE, StandardCharsets.UTF_8),
                URLEncoder.encode(VALUE, StandardCharsets.UTF_8).replace("+", "%20"),
                "Quokka%2f37%2b%22pass%27%3cword%3e%26%3d%5c+%c3%a9%3d%3d",
                "Quokka/37+\\\"pass'<word>&=\\\\ é==",
                "Quokka\\/37+\\\"pass'<word>&=\\\\ é==",
                "Quokka/37+\\\"pass\\u0027\\u003cword\\u003e\\u0026\\u003d\\\\ é\\u003d\\u003d",
                "Quokka/37+\"pass'&lt;word&gt;&amp;=\\ é==",
                "Quokka/37+&quot;pass&apos;&lt;word&gt;&amp;=\\ é==",
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes));
        forms.forEach(form -> assertEquals(form, redact(form)));
        Secret secret = new Secret(VALUE);

        forms.forEach(form -> assertEquals("a *** b *** c", redact("a " + form + " b " + form + " c")));
        assertEquals(VALUE, secret.reveal());
    }

    @Test
    void redactsEachLineOfAValue() {
        Secret secret = new Secret("-- first line of a key --\nsecond-LINE-of-it\n42\n");

        assertEquals("x ***\n  ***\n  42", redact("x -- first line of a key --\n  second-LINE-of-it\n  42"));
        assertEquals("***", redact("LS0gZmlyc3QgbGluZSBvZiBhIGtleSAtLQpzZWNvbmQtTElORS1vZi1pdAo0Mgo="));
        assertEquals("***", secret.toString());
    }

    @Test
    void leavesAValueOfThreeCharacters() {
        Secret secret = new Secret("pqz");

        assertEquals("opqzr", redact("opqzr"));
        assertEquals("***", secret.toString());
    }

    @Test
    void redactsTheLongestOfValuesWithACommonPrefix() {
        List<Secret> secrets = List.of(new Secret("wombat-1"), new Secret("wombat-1-and-2"), new Secret("a-wombat-"));

        assertEquals("[***] [***x] [***1]", redact("[wombat-1-and-2] [wombat-1x] [a-wombat-1]"));
        assertEquals("[***, ***, ***]", secrets.toString());
    }

    @Test
    void redactsTextSplitAtAnyPosition() throws IOException {
        List<Secret> secrets = List.of(
                new Secret("numbat-1"), new Secret("numbat-1-and-2"), new Secret("bat-9"), new Secret("bät-77"));
        String text = "numbat-1-and-2 numbat-9 numbat-1numbat-1-an numb bät-77 bä\n numbat-1-and";
        String expected = "*** num*** ******-an numb *** bä\n ***-and";
        for (int size = 1; size <= text.length(); size++) {
            StringWriter written = new StringWriter();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            try (RedactingWriter writer = new RedactingWriter(written);
                    OutputStream stream = RedactingWriter.stream(bytes)) {
                for (int at = 0; at < text.length(); at += size) {
                    writer.write(text, at, Math.min(size, text.length() - at));
                    writer.flush();
                }
                for (int at = 0; at < encoded.length; at += size) {
                    stream.write(encoded, at, Math.min(size, encoded.length - at));
                    stream.flush();
                }
            }

            assertEquals(expected, written.toString());
            assertEquals(expected, bytes.toString(StandardCharsets.UTF_8));
        }
        assertEquals(4, secrets.size());
    }

    @Test
    void buffersOnlyWhatCouldBeTheStartOfAValue() {
        Secret secret = new Secret("bilby-12");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(RedactingWriter.stream(bytes), true, StandardCharsets.UTF_8);
        stream.print("\r[1/2] working");

        assertEquals("\r[1/2] working", bytes.toString(StandardCharsets.UTF_8));
        stream.print(" bil");
        assertEquals("\r[1/2] working ", bytes.toString(StandardCharsets.UTF_8));
        stream.print("\n");
        assertEquals("\r[1/2] working bil\n", bytes.toString(StandardCharsets.UTF_8));
        assertEquals("***", secret.toString());
    }

    @Test
    void redactsTheStackTraceOfAnException() {
        Secret secret = new Secret("dunnart-12");
        StringWriter written = new StringWriter();
        try (PrintWriter writer = new PrintWriter(new RedactingWriter(written))) {
            new IllegalStateException("a", new IOException("key=dunnart-12")).printStackTrace(writer);
        }

        assertEquals(
                "Caused by: java.io.IOException: key=***",
                written.toString()
                        .lines()
                        .filter(line -> line.startsWith("Caused"))
                        .findFirst()
                        .orElseThrow());
        assertEquals("***", secret.toString());
    }
}
