package dev.ingot.yaml;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import java.util.regex.Pattern;

/**
 * Detects a comma that splits an expression in one {@code {...}} or {@code [...]}: {@code {a: concat(x, y)}} is two
 * keys. Each split value is reported once, however many commas it contains.
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

    /** Checks an entry of a mapping; returns true when it is only the remainder of the previous value. */
    boolean entry(YamlNode.Scalar name, YamlNode value) {
        boolean remainder = open != null && value instanceof YamlNode.Scalar empty && empty.isNull();
        if (!remainder) {
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
                    "Put '" + key + ": ...' on its own line below, or quote the value."));
        }
        return remainder;
    }

    /** Checks an item of a list. */
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
                            + scalar.text() + "' became separate items",
                    "Put each item on its own line, after '- ', or quote it."));
            open = null;
        }
    }

    private static boolean isOpen(YamlNode.Scalar scalar) {
        return scalar.plain() && balance(scalar) > 0;
    }

    private static boolean hasOpenQuote(YamlNode.Scalar scalar) {
        return scalar.plain() && count(scalar.text(), '\'') % 2 == 1;
    }

    /** Returns the number of opening minus closing brackets. */
    private static long balance(YamlNode.Scalar scalar) {
        String text = scalar.text();
        long generic = GENERIC.matcher(text).find() || text.endsWith(">") ? count(text, '<') - count(text, '>') : 0;
        return count(text, '(') - count(text, ')') + generic;
    }

    private static long count(String text, char character) {
        return text.chars().filter(c -> c == character).count();
    }
}
