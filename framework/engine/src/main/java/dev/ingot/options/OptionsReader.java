package dev.ingot.options;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.yaml.YamlNode;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a mapping into an options record. Reports every error with the place of the value: unknown and missing options,
 * values of another type, and what the record's own constructor rejects.
 */
public final class OptionsReader {

    private final ValueReader values;
    private final Diagnostics diagnostics;

    public OptionsReader(ValueScope scope, Diagnostics diagnostics) {
        this.values = new ValueReader(this, scope, diagnostics);
        this.diagnostics = Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * Reads a record.
     *
     * @param what the name of the mapping in messages: "transformation 'filter'"
     * @return the record; empty, after reporting the errors, when something is wrong
     */
    public <R extends Record> Optional<R> read(Class<R> type, YamlNode node, String what) {
        return read(type, node, what, Set.of());
    }

    /**
     * Reads a record as {@link #read(Class, YamlNode, String)}, from a mapping that also has keys of other readers.
     *
     * @param others the keys of other readers, listed among the accepted ones
     */
    public <R extends Record> Optional<R> read(Class<R> type, YamlNode node, String what, Set<String> others) {
        RecordShape shape = RecordShape.of(type);
        long errorsBefore = diagnostics.errorCount();
        Optional<RecordShape.Field> inline = shape.inline().filter(field -> isInline(shape, node));
        List<Object> arguments = new ArrayList<>();
        if (inline.isPresent()) {
            for (RecordShape.Field field : shape.fields()) {
                boolean isSet = field.equals(inline.get());
                arguments.add(isSet ? value(field, node, what, "") : defaultOf(field, node, what));
            }
        } else if (node instanceof YamlNode.Mapping mapping) {
            Set<String> misspelled = reportUnknown(shape, mapping, what, others);
            for (RecordShape.Field field : shape.fields()) {
                Optional<YamlNode> written = mapping.value(field.name()).filter(value -> !isNull(value));
                if (written.isPresent()) {
                    arguments.add(value(field, written.get(), what, field.name()));
                } else if (!misspelled.contains(field.name())) {
                    arguments.add(defaultOf(field, node, what));
                }
            }
        } else {
            diagnostics.add(Diagnostic.error(
                            Code.SPEC_TYPE,
                            node.span(),
                            "Cannot read " + what + ": expected a mapping, not " + node.kind(),
                            "")
                    .accepting(names(shape), ""));
        }
        boolean wrong = diagnostics.errorCount() > errorsBefore || arguments.contains(null);
        return wrong ? Optional.empty() : build(type, shape, arguments, node, what);
    }

    private static boolean isInline(RecordShape shape, YamlNode node) {
        boolean written = !(node instanceof YamlNode.Mapping) && !isNull(node);
        return written || shape.isOneMap();
    }

    /** Returns the value of an option under {@code name}, or of the whole mapping; null when it is wrong. */
    private Object value(RecordShape.Field field, YamlNode node, String what, String name) {
        return values.read(field.type(), node, what, name).orElse(null);
    }

    /** Returns the default of an option that is left out; null, after reporting it, when the option is mandatory. */
    private Object defaultOf(RecordShape.Field field, YamlNode owner, String what) {
        String defaultText = field.option().defaultValue();
        if (!defaultText.isEmpty()) {
            YamlNode written = new YamlNode.Scalar(defaultText, true, owner.span());
            return value(field, written, what, field.name());
        }
        Optional<Object> emptyValue = ValueReader.emptyValue(field.type());
        if (emptyValue.isEmpty() || field.option().required()) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_MISSING,
                    owner.span(),
                    "Cannot read " + what + ": it needs '" + field.name() + "'",
                    "Add '" + field.name() + ":' ("
                            + field.option().description().replaceAll("\\.$", "") + ")"
                            + (field.option().example().isEmpty()
                                    ? "."
                                    : ", for example: " + field.name() + ": "
                                            + field.option().example())));
        }
        return emptyValue.orElse(null);
    }

    /** Reports unknown keys; returns the options that were probably meant by them. */
    private Set<String> reportUnknown(RecordShape shape, YamlNode.Mapping mapping, String what, Set<String> others) {
        List<String> known = new ArrayList<>(names(shape));
        known.addAll(others);
        Set<String> suggested = new HashSet<>();
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                Diagnostic unknown = Diagnostic.error(
                                Code.SPEC_UNKNOWN,
                                entry.keySpan(),
                                "Cannot read " + what + ": it has no option '" + key + "'",
                                "")
                        .accepting(known, key);
                Diagnostic reported =
                        currentName(shape, key).map(unknown::suggesting).orElse(unknown);
                diagnostics.add(reported);
                reported.nearest().ifPresent(suggested::add);
            }
        });
        return suggested;
    }

    private static Optional<String> currentName(RecordShape shape, String key) {
        return shape.fields().stream()
                .filter(field -> field.option().formerly().equals(key))
                .map(RecordShape.Field::name)
                .findFirst();
    }

    private <R extends Record> Optional<R> build(
            Class<R> type, RecordShape shape, List<Object> arguments, YamlNode node, String what) {
        try {
            return Optional.of(type.cast(shape.constructor().newInstance(arguments.toArray())));
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof IllegalArgumentException reason) {
                diagnostics.add(Diagnostic.error(
                        Code.SPEC_CONFLICT, node.span(), "Cannot read " + what + ": " + reason.getMessage(), ""));
                return Optional.empty();
            }
            throw new IllegalStateException("cannot build " + type, failed.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot build " + type, impossible);
        }
    }

    private static List<String> names(RecordShape shape) {
        return shape.fields().stream().map(RecordShape.Field::name).toList();
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.isNull();
    }
}
