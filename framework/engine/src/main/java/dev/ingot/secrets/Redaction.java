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
 * Knows the value of every {@link Secret} of this process and takes it out of texts: as it is, line by line, and as it
 * looks in addresses, JSON, XML, base64 and hexadecimal. Values of fewer than four characters are left: they would be
 * found everywhere.
 */
public final class Redaction {

    /** What stands where a value stood. */
    public static final String MASK = "***";

    private static final int SHORTEST = 4;
    private static final Pattern PERCENT = Pattern.compile("%[0-9A-F]{2}");

    private static volatile Forms known = Forms.of(Set.of());

    private Redaction() {}

    /** The text without any secret's value. */
    public static String redact(String text) {
        return known.redact(text);
    }

    /** All that is looked for now. */
    static Forms known() {
        return known;
    }

    public static synchronized void register(String value) {
        Set<String> forms = new TreeSet<>(known.texts());
        value.lines().map(String::strip).forEach(line -> addForms(line, forms));
        addForms(value, forms);
        addForms(value.strip(), forms);
        // A value of several lines is found line by line.
        forms.removeIf(form -> form.length() < SHORTEST || form.contains("\n"));
        if (!known.texts().containsAll(forms)) {
            known = Forms.of(forms);
        }
    }

    private static void addForms(String value, Set<String> forms) {
        if (value.length() < SHORTEST) {
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
        String address = URLEncoder.encode(value, StandardCharsets.UTF_8);
        for (String encoded : List.of(address, address.replace("+", "%20"))) {
            forms.add(encoded);
            forms.add(PERCENT.matcher(encoded).replaceAll(code -> code.group().toLowerCase(Locale.ROOT)));
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

    /** Texts that are looked for; of several that begin at one place the longest is found. */
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

        /** Whether more text could make one of the forms out of the end of this one, from a place on. */
        boolean mayBecome(CharSequence text, int from) {
            return texts.stream().anyMatch(form -> form.length() > text.length() - from && begins(form, text, from));
        }

        private static boolean begins(String form, CharSequence text, int from) {
            for (int i = from; i < text.length(); i++) {
                if (form.charAt(i - from) != text.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
