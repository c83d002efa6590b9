package dev.ingot.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Returns the encodings in which an error message may contain a value, by name. */
final class CanaryForms {

    private CanaryForms() {}

    static Map<String, String> of(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        Map<String, String> forms = new TreeMap<>();
        forms.put("plain", value);
        forms.put("url", URLEncoder.encode(value, StandardCharsets.UTF_8));
        forms.put(
                "url_lower",
                forms.get("url")
                        .replaceAll("%2F", "%2f")
                        .replaceAll("%2B", "%2b")
                        .replaceAll("%3D", "%3d"));
        forms.put("base64", Base64.getEncoder().encodeToString(bytes));
        forms.put("base64_bare", Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.put("base64_url", Base64.getUrlEncoder().encodeToString(bytes));
        forms.put("hex", HexFormat.of().formatHex(bytes));
        forms.put("hex_upper", HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT));
        forms.put("json", value.replace("/", "\\/"));
        forms.put("json_safe", value.replace("=", "\\u003d"));
        return forms;
    }
}
