package dev.ingot.secrets;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces the value of every {@link Secret} of this process in texts: verbatim, line by line, and encoded for URLs,
 * JSON, XML, base64 and hexadecimal. Values of fewer than four characters are not redacted: they would match
 * everywhere.
 */
public final class Redaction {

    /** The replacement for a value. */
    public static final String MASK = "***";

    private static final int MIN_LENGTH = 4;
    private static final Pattern PERCENT_CODE = Pattern.compile("%[0-9A-F]{2}");

    private static volatile Forms known = Forms.of(Set.of());

    private Redaction() {}

    /** Returns the text with the values of all secrets replaced. */
    public static String redact(String text) {
        return known.redact(text);
    }

    /** Returns the forms of all values registered so far. */
    static Forms known() {
        return known;
    }

    /**
     * Registers a value, which is redacted from then on for the life of the process. Values shorter than four characters are
     * ignored, because they occur in ordinary text.
     */
    public static synchronized void register(String value) {
        Set<String> forms = new TreeSet<>(known.texts());
        value.lines().map(String::strip).forEach(line -> addForms(line, forms));
        addForms(value, forms);
        addForms(value.strip(), forms);
        // A value of several lines is matched line by line.
        forms.removeIf(form -> form.length() < MIN_LENGTH || form.contains("\n"));
        if (!known.texts().containsAll(forms)) {
            known = Forms.of(forms);
        }
    }

    private static void addForms(String value, Set<String> forms) {
        if (value.length() < MIN_LENGTH) {
            return;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        forms.add(value);
        forms.add(new String(bytes, StandardCharsets.ISO_8859_1));
        addEscaped(value, forms);
        for (Base64.Encoder encoder : new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
            forms.add(encoder.encodeToString(bytes));
            forms.add(encoder.withoutPadding().encodeToString(bytes));
        }
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    }

    private static void addEscaped(String value, Set<String> forms) {
        String url = URLEncoder.encode(value, StandardCharsets.UTF_8);
        for (String encoded : List.of(url, url.replace("+", "%20"))) {
            forms.add(encoded);
            forms.add(PERCENT_CODE
                    .matcher(encoded)
                    .replaceAll(code -> code.group().toLowerCase(Locale.ROOT)));
        }
        String json = String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value));
        forms.add(json);
        forms.add(json.replace("/", "\\/"));
        forms.add(json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("=", "\\u003d")
                .replace("'", "\\u0027"));
        String xml = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        forms.add(xml);
        forms.add(xml.replace("\"", "&quot;").replace("'", "&apos;"));
    }

    /** The texts to redact; of several that match at one position, the longest is replaced. */
    record Forms(Set<String> texts, Pattern pattern, int longest) {

        static Forms of(Set<String> texts) {
            String alternatives = texts.stream()
                    .sorted(Comparator.comparing(String::length).reversed())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|"));
            return new Forms(
                    Set.copyOf(texts),
                    Pattern.compile(alternatives),
                    texts.stream().mapToInt(String::length).max().orElse(0));
        }

        String redact(String text) {
            return texts.isEmpty() ? text : pattern.matcher(text).replaceAll(MASK);
        }

        /** Returns whether the text from an index to its end is a proper prefix of one of the forms. */
        boolean mayStartAt(CharSequence text, int from) {
            return texts.stream().anyMatch(form -> form.length() > text.length() - from && isPrefix(form, text, from));
        }

        private static boolean isPrefix(String form, CharSequence text, int from) {
            for (int i = from; i < text.length(); i++) {
                if (form.charAt(i - from) != text.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
