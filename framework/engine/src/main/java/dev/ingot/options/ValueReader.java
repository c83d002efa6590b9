package dev.ingot.options;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.secrets.SecretRef;
import dev.ingot.secrets.SecretText;
import dev.ingot.yaml.YamlNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one YAML value as the Java type of the option that it fills. */
final class ValueReader {

    private final OptionsReader records;
    private final ValueScope scope;
    private final Diagnostics diagnostics;

    ValueReader(OptionsReader records, ValueScope scope, Diagnostics diagnostics) {
        this.records = records;
        this.scope = scope;
        this.diagnostics = diagnostics;
    }

    /** What an option of this type is when it is left out; empty when it may not be. */
    static Optional<Object> nothing(Type type) {
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

    /** The value; empty when it does not fit, which is then reported. */
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
            return records.read(raw.asSubclass(Record.class), node, "'" + option + "' of " + what);
        }
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar(raw, scalar, what, option);
        }
        return refuse(node, what, option, expected(raw));
    }

    static boolean isScalarRecord(Class<?> raw) {
        return raw == Expression.class
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
            return items.isEmpty() && sequence.items().isEmpty()
                    ? refuse(node, what, option, "at least one value")
                    : Optional.of(List.copyOf(items));
        }
        Class<?> raw = raw(element);
        boolean single = node instanceof YamlNode.Scalar && (!raw.isRecord() || isScalarRecord(raw));
        return single
                ? read(element, node, what, option).map(List::of)
                : refuse(node, what, option, "a list");
    }

    private Optional<?> map(Type element, YamlNode node, String what, String option) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return refuse(node, what, option, "a mapping");
        }
        if (mapping.entries().isEmpty()) {
            return refuse(node, what, option, "at least one entry");
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        mapping.entries()
                .forEach((key, entry) -> read(element, entry.value(), what, key).ifPresent(v -> entries.put(key, v)));
        return Optional.of(java.util.Collections.unmodifiableMap(entries));
    }

    private Optional<?> scalar(Class<?> raw, YamlNode.Scalar scalar, String what, String option) {
        if (scalar.isNothing()) {
            return refuse(scalar, what, option, expected(raw));
        }
        if (raw == Expression.class) {
            return expression(scalar, what, option);
        }
        if (raw == SqlFile.class) {
            return scope.file(scalar, diagnostics)
                    .map(text -> new YamlNode.Scalar(text, false, new SourceSpan(scalar.text(), 1, 1)))
                    .flatMap(text -> expression(text, what, option))
                    .map(SqlFile::new);
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
        return value.isPresent() ? value : refuse(scalar, what, option, expected(raw));
    }

    private static Optional<?> parse(Class<?> raw, String text, YamlNode.Scalar scalar) {
        try {
            if (raw == TableName.class) {
                return TableId.parse(text).map(id -> new TableName(id, scalar.span()));
            }
            if (raw == Threshold.class) {
                return Threshold.parse(text);
            }
            if (raw == boolean.class || raw == Boolean.class) {
                return text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty();
            }
            if (raw == int.class || raw == Integer.class) {
                return Optional.of(Integer.valueOf(text));
            }
            if (raw == long.class || raw == Long.class) {
                return Optional.of(Long.valueOf(text));
            }
            if (raw == double.class || raw == Double.class) {
                return Optional.of(Double.valueOf(text));
            }
        } catch (NumberFormatException notNumber) {
            return Optional.empty();
        }
        throw new IllegalStateException("an option has a type that cannot be read: " + raw);
    }

    private Optional<?> constant(Class<?> raw, String text, YamlNode.Scalar scalar, String what, String option) {
        List<Object> constants = Arrays.asList((Object[]) raw.getEnumConstants());
        Optional<Object> found =
                constants.stream().filter(value -> word(value).equals(text)).findFirst();
        if (found.isEmpty()) {
            diagnostics.add(Diagnostic.error(
                            Code.SPEC_VALUE,
                            scalar.span(),
                            "Cannot read " + what + ": '" + option + "' cannot be '" + text + "'",
                            "")
                    .accepting(constants.stream().map(ValueReader::word).toList(), text));
        }
        return found;
    }

    static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    private Optional<Expression> expression(YamlNode.Scalar scalar, String what, String option) {
        String text = scalar.text();
        if (text.contains("${")) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_REFERENCE,
                    scalar.span(),
                    "Cannot read " + what + ": '${...}' has no place in the expression of '" + option + "'",
                    "Use a parameter such as :var_name or :run_date; Spark binds its value."));
            return Optional.empty();
        }
        long before = diagnostics.errorCount();
        for (String parameter : SqlText.parameters(text)) {
            if (!scope.parameters().contains(parameter)) {
                diagnostics.add(Diagnostic.error(
                                Code.SPEC_PARAMETER,
                                scalar.span(),
                                "Cannot read " + what + ": there is no parameter ':" + parameter + "'",
                                "Declare a variable in conf/project.yml to use it as :var_<name>.")
                        .accepting(scope.parameters().stream().sorted().toList(), parameter));
            }
        }
        for (String call : SqlText.unsafeCalls(text)) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_UNSAFE_SQL,
                    scalar.span(),
                    "Cannot read " + what + ": '" + call + "' leaves SQL for the JVM or the shell",
                    "Use Spark SQL's own functions."));
        }
        return diagnostics.errorCount() > before
                ? Optional.empty()
                : Optional.of(new Expression(text, scalar.span()));
    }

    private Optional<SecretText> secret(YamlNode.Scalar scalar) {
        String text = scalar.text().strip();
        if (text.startsWith("${secret:") && text.endsWith("}")) {
            Optional<SecretRef> ref = SecretRef.parse(text.substring("${secret:".length(), text.length() - 1));
            if (ref.isPresent()) {
                return ref.map(SecretText.Hidden::new);
            }
        }
        return scope.resolve(scalar, diagnostics).map(SecretText.Plain::new);
    }

    private Optional<?> refuse(YamlNode node, String what, String option, String expected) {
        diagnostics.add(Diagnostic.error(
                Code.SPEC_TYPE,
                node.span(),
                "Cannot read " + what + ": '" + option + "' must be " + expected + ", not " + node.kind(),
                ""));
        return Optional.empty();
    }

    private static String expected(Class<?> raw) {
        if (raw == boolean.class || raw == Boolean.class) {
            return "true or false";
        }
        if (raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class) {
            return "a whole number";
        }
        if (raw == double.class || raw == Double.class) {
            return "a number";
        }
        if (raw == TableName.class) {
            return "a table written layer.table";
        }
        if (raw == Threshold.class) {
            return "a count such as 10 or a share such as 1%";
        }
        return "text";
    }
}
