package dev.ingot.yaml;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import java.util.regex.Pattern;

/**
 * Watches the entries of one {@code {...}} or the items of one {@code [...]} for an expression that a comma has cut in
 * two: {@code {a: concat(x, y)}} is two keys. Such a value is reported once, however many commas it holds.
 */
final class SplitValues {

    private static final Pattern GENERIC = Pattern.compile("(?i)\\b(?:array|map|struct)<");

    private final Diagnostics diagnostics;
    private String key = "";
    private YamlNode.Scalar open;
    private boolean reported;

    SplitValues(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Takes note of an entry; true when it is but the rest of the value before it. */
    boolean entry(YamlNode.Scalar name, YamlNode value) {
        boolean rest = open != null && value instanceof YamlNode.Scalar nothing && nothing.isNull();
        if (!rest) {
            reported = false;
            key = name.text();
            open = value instanceof YamlNode.Scalar scalar && (isOpen(scalar) || hasOpenQuote(scalar)) ? scalar : null;
        } else if (!reported) {
            reported = true;
            diagnostics.add(Diagnostic.error(
                    Code.YAML_SPLIT_VALUE,
                    open.span(),
                    "Cannot read the value of '" + key + "': inside {...} a comma ends a value, so '" + open.text()
                            + "' and '" + name.text() + "' became two keys",
                    "Put '" + key + ": ...' on a line of its own below, or quote the value."));
        }
        return rest;
    }

    /** Takes note of an item. */
    void item(YamlNode item) {
        if (!(item instanceof YamlNode.Scalar scalar) || !scalar.plain()) {
            open = null;
        } else if (open == null) {
            open = isOpen(scalar) ? scalar : null;
        } else if (balance(scalar) < 0) {
            diagnostics.add(Diagnostic.error(
                    Code.YAML_SPLIT_VALUE,
                    open.span(),
                    "Cannot read the list: inside [...] a comma ends an item, so '" + open.text() + "' and '"
                            + scalar.text() + "' became items of their own",
                    "Put each item on a line of its own, after '- ', or quote it."));
            open = null;
        }
    }

    private static boolean isOpen(YamlNode.Scalar scalar) {
        return scalar.plain() && balance(scalar) > 0;
    }

    private static boolean hasOpenQuote(YamlNode.Scalar scalar) {
        return scalar.plain() && count(scalar.text(), '\'') % 2 == 1;
    }

    /** Brackets opened less brackets closed. */
    private static long balance(YamlNode.Scalar scalar) {
        String text = scalar.text();
        long generic = GENERIC.matcher(text).find() || text.endsWith(">") ? count(text, '<') - count(text, '>') : 0;
        return count(text, '(') - count(text, ')') + generic;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }
}
