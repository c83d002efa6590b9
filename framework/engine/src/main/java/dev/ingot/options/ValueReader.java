package dev.ingot.options;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.names.TableId;
import dev.ingot.secrets.SecretRef;
import dev.ingot.secrets.SecretText;
import dev.ingot.yaml.YamlNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one YAML value as the Java type of its option. */
final class ValueReader {

    private final OptionsReader records;
    private final ExpressionReader expressions;
    private final ValueScope scope;
    private final Diagnostics diagnostics;

    ValueReader(OptionsReader records, ValueScope scope, Diagnostics diagnostics) {
        this.records = records;
        this.expressions = new ExpressionReader(scope, diagnostics);
        this.scope = scope;
        this.diagnostics = diagnostics;
    }

    /** Returns the value of an option of this type that is left out; empty when the option is mandatory. */
    static Optional<Object> emptyValue(Type type) {
        if (raw(type) == Optional.class) {
            return Optional.of(Optional.empty());
        }
        if (raw(type) == List.class) {
            return Optional.of(List.of());
        }
        return isMap(type) ? Optional.of(Map.of()) : Optional.empty();
    }

    static boolean isMap(Type type) {
        return raw(type) == Map.class;
    }

    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    /**
     * Reads a value; returns empty, after reporting it, when it does not fit the type.
     *
     * @param option the option's name; empty when the value replaces the whole mapping
     */
    Optional<?> read(Type type, YamlNode node, String what, String option) {
        Class<?> raw = raw(type);
        if (raw == Optional.class) {
            return read(argument(type, 0), node, what, option).map(Optional::of);
        }
        if (raw == List.class) {
            return list(argument(type, 0), node, what, option);
        }
        if (raw == Map.class) {
            return map(argument(type, 1), node, what, option);
        }
        if (raw == YamlNode.class) {
            return Optional.of(node);
        }
        if (raw.isRecord() && !isScalarRecord(raw)) {
            String part = option.isEmpty() ? what : "'" + option + "' of " + what;
            return records.read(raw.asSubclass(Record.class), node, part);
        }
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar(raw, scalar, what, option);
        }
        return reportType(node, what, option, TypeNames.expected(raw));
    }

    static boolean isScalarRecord(Class<?> raw) {
        return raw == Expression.class
                || raw == Query.class
                || raw == SqlFile.class
                || raw == ColumnName.class
                || raw == TableName.class
                || raw == SourceName.class
                || raw == Threshold.class;
    }

    private Optional<?> list(Type element, YamlNode node, String what, String option) {
        if (node instanceof YamlNode.Sequence sequence) {
            List<Object> items = new ArrayList<>();
            for (YamlNode item : sequence.items()) {
                read(element, item, what, option).ifPresent(items::add);
            }
            return sequence.items().isEmpty()
                    ? reportEmpty(node, what, option, "at least one value")
                    : Optional.of(List.copyOf(items));
        }
        Class<?> raw = raw(element);
        boolean single = node instanceof YamlNode.Scalar && (!raw.isRecord() || isScalarRecord(raw));
        return single ? read(element, node, what, option).map(List::of) : reportType(node, what, option, "a list");
    }

    private Optional<?> map(Type element, YamlNode node, String what, String option) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return reportType(node, what, option, "a mapping");
        }
        if (mapping.entries().isEmpty()) {
            return reportEmpty(node, what, option, "at least one 'key: value'");
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            String name = option.isEmpty() ? key : option + "." + key;
            read(element, entry.value(), what, name).ifPresent(value -> entries.put(key, value));
        });
        return Optional.of(Collections.unmodifiableMap(entries));
    }

    private Optional<?> scalar(Class<?> raw, YamlNode.Scalar scalar, String what, String option) {
        if (scalar.isNull()) {
            String remedy = raw == Expression.class
                    ? "Write \"NULL\", in quotes, for SQL's NULL."
                    : "Leave it out" + (raw == String.class ? ", or write '' for an empty text." : ".");
            return reportType(scalar, what, option, TypeNames.expected(raw), remedy);
        }
        if (raw == Expression.class || raw == Query.class) {
            if (scalar.text().isBlank()) {
                return reportType(scalar, what, option, TypeNames.expected(raw));
            }
            return raw == Query.class ? expressions.query(scalar, what) : expressions.expression(scalar, what);
        }
        if (raw == SqlFile.class) {
            return scope.resolve(scalar, diagnostics)
                    .map(name -> new YamlNode.Scalar(name, scalar.plain(), scalar.span()))
                    .flatMap(name -> scope.file(name, diagnostics))
                    .flatMap(text -> expressions.sqlFile(text, what));
        }
        if (raw == SecretText.class) {
            return secret(scalar);
        }
        return scope.resolve(scalar, diagnostics).flatMap(text -> typed(raw, text, scalar, what, option));
    }

    private Optional<?> typed(Class<?> raw, String text, YamlNode.Scalar scalar, String what, String option) {
        if (raw == String.class) {
            return Optional.of(text);
        }
        if (raw == ColumnName.class) {
            return Optional.of(new ColumnName(text, scalar.span()));
        }
        if (raw == SourceName.class) {
            return Optional.of(new SourceName(text, scalar.span()));
        }
        if (raw.isEnum()) {
            return constant(raw, text, scalar, what, option);
        }
        Optional<?> value = parse(raw, text, scalar);
        return value.isPresent() ? value : reportType(scalar, what, option, TypeNames.expected(raw, text));
    }

    private static Optional<?> parse(Class<?> raw, String text, YamlNode.Scalar scalar) {
        try {
            if (raw == TableName.class) {
                return TableId.parse(text).map(id -> new TableName(id, scalar.span()));
            }
            if (raw == Threshold.class) {
                return Threshold.parse(text);
            }
            if (raw == Duration.class) {
                return DurationText.parse(text);
            }
            if (raw == boolean.class || raw == Boolean.class) {
                return text.equals("true") || text.equals("false")
                        ? Optional.of(text.equals("true"))
                        : Optional.empty();
            }
            if (TypeNames.isInt(raw)) {
                return Optional.of(Integer.valueOf(text));
            }
            if (TypeNames.isLong(raw)) {
                return Optional.of(Long.valueOf(text));
            }
            if (raw == double.class || raw == Double.class) {
                return Optional.of(new BigDecimal(text).doubleValue()).filter(Double::isFinite);
            }
        } catch (NumberFormatException notNumber) {
            return Optional.empty();
        }
        throw new IllegalStateException("unsupported type of an option: " + raw);
    }

    private Optional<?> constant(Class<?> raw, String text, YamlNode.Scalar scalar, String what, String option) {
        List<Object> constants = Arrays.asList((Object[]) raw.getEnumConstants());
        Optional<Object> found = constants.stream()
                .filter(value -> TypeNames.constantName(value).equals(text))
                .findFirst();
        if (found.isEmpty()) {
            diagnostics.add(Diagnostic.error(
                            Code.SPEC_VALUE,
                            scalar.span(),
                            "Cannot read " + what + ": " + nameOf(option) + " cannot be '" + text + "'",
                            "")
                    .accepting(TypeNames.constantNames(raw), text));
        }
        return found;
    }

    private Optional<? extends SecretText> secret(YamlNode.Scalar scalar) {
        String text = scalar.text().strip();
        boolean whole = text.startsWith("${secret:") && text.indexOf('}') == text.length() - 1;
        if (!whole) {
            return scope.resolve(scalar, diagnostics).map(SecretText.Plain::new);
        }
        Optional<SecretRef> ref = SecretRef.parse(text.substring("${secret:".length(), text.length() - 1));
        if (ref.isEmpty()) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_REFERENCE,
                    scalar.span(),
                    "Cannot resolve '" + text + "': a reference to a secret consists of a scope and a key",
                    "Write ${secret:scope/key}, of letters, digits, '_', '-', '.' and '@', or ${secret:scope/key#field}"
                            + " for a field of a secret that is JSON."));
        }
        return ref.map(SecretText.Hidden::new);
    }

    private Optional<?> reportType(YamlNode node, String what, String option, String expected) {
        boolean items = expected.equals("a list") && node instanceof YamlNode.Mapping;
        return reportType(node, what, option, expected, items ? "Start each item with '- '." : "");
    }

    private Optional<?> reportType(YamlNode node, String what, String option, String expected, String remedy) {
        String rule = option.isEmpty() ? "expected " : "'" + option + "' must be ";
        diagnostics.add(Diagnostic.error(
                Code.SPEC_TYPE,
                node.span(),
                "Cannot read " + what + ": " + rule + expected + ", not " + node.kind(),
                remedy));
        return Optional.empty();
    }

    private Optional<?> reportEmpty(YamlNode node, String what, String option, String expected) {
        diagnostics.add(Diagnostic.error(
                Code.SPEC_MISSING,
                node.span(),
                "Cannot read " + what + ": " + nameOf(option) + " needs " + expected,
                ""));
        return Optional.empty();
    }

    private static String nameOf(String option) {
        return option.isEmpty() ? "it" : "'" + option + "'";
    }
}
