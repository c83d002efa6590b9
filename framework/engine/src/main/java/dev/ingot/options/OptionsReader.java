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
 * Reads a mapping into an options record. Everything that is wrong is reported, with the place of the value: unknown
 * and missing options, values of another type, and what the record's own constructor refuses.
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
     * @param what how a message names the thing: "transformation 'filter'"
     * @return the record; empty when something was wrong, which is then reported
     */
    public <R extends Record> Optional<R> read(Class<R> type, YamlNode node, String what) {
        return read(type, node, what, Set.of());
    }

    /**
     * As {@link #read(Class, YamlNode, String)}, for a mapping that also holds keys which somebody else reads.
     *
     * @param others the keys that are not this record's, listed among what is accepted
     */
    public <R extends Record> Optional<R> read(Class<R> type, YamlNode node, String what, Set<String> others) {
        RecordShape shape = RecordShape.of(type);
        long errorsBefore = diagnostics.errorCount();
        Optional<RecordShape.Field> inline = shape.inline().filter(field -> standsForAll(shape, node));
        List<Object> arguments = new ArrayList<>();
        if (inline.isPresent()) {
            for (RecordShape.Field field : shape.fields()) {
                boolean given = field.equals(inline.get());
                arguments.add(given ? value(field, node, what, "") : leftOut(field, node, what));
            }
        } else if (node instanceof YamlNode.Mapping mapping) {
            Set<String> misspelt = refuseUnknown(shape, mapping, what, others);
            for (RecordShape.Field field : shape.fields()) {
                Optional<YamlNode> given = mapping.value(field.name()).filter(value -> !isNull(value));
                if (given.isPresent()) {
                    arguments.add(value(field, given.get(), what, field.name()));
                } else if (!misspelt.contains(field.name())) {
                    arguments.add(leftOut(field, node, what));
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

    private static boolean standsForAll(RecordShape shape, YamlNode node) {
        boolean written = !(node instanceof YamlNode.Mapping) && !isNull(node);
        return written || shape.isOneMap();
    }

    /** The value of an option as given under {@code name}, or for the whole; null when it is wrong. */
    private Object value(RecordShape.Field field, YamlNode node, String what, String name) {
        return values.read(field.type(), node, what, name).orElse(null);
    }

    /** The value of an option that is not given; null when there is none, which is then reported. */
    private Object leftOut(RecordShape.Field field, YamlNode owner, String what) {
        String preset = field.option().defaultValue();
        if (!preset.isEmpty()) {
            YamlNode written = new YamlNode.Scalar(preset, true, owner.span());
            return value(field, written, what, field.name());
        }
        Optional<Object> nothing = ValueReader.nothing(field.type());
        if (nothing.isEmpty() || field.option().required()) {
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
        return nothing.orElse(null);
    }

    /** Refuses the keys that nobody reads; gives the options that were probably meant by them. */
    private Set<String> refuseUnknown(RecordShape shape, YamlNode.Mapping mapping, String what, Set<String> others) {
        List<String> known = new ArrayList<>(names(shape));
        known.addAll(others);
        Set<String> meant = new HashSet<>();
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                Diagnostic unknown = Diagnostic.error(
                                Code.SPEC_UNKNOWN,
                                entry.keySpan(),
                                "Cannot read " + what + ": it has no option '" + key + "'",
                                "")
                        .accepting(known, key);
                Diagnostic reported =
                        renamed(shape, key).map(unknown::suggesting).orElse(unknown);
                diagnostics.add(reported);
                reported.nearest().ifPresent(meant::add);
            }
        });
        return meant;
    }

    private static Optional<String> renamed(RecordShape shape, String key) {
        return shape.fields().stream()
                .filter(field -> field.option().formerly().equals(key))
                .map(RecordShape.Field::name)
                .findFirst();
    }

    private <R extends Record> Optional<R> build(
            Class<R> type, RecordShape shape, List<Object> arguments, YamlNode node, String what) {
        try {
            return Optional.of(type.cast(shape.constructor().newInstance(arguments.toArray())));
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException reason) {
                diagnostics.add(Diagnostic.error(
                        Code.SPEC_CONFLICT, node.span(), "Cannot read " + what + ": " + reason.getMessage(), ""));
                return Optional.empty();
            }
            throw new IllegalStateException("cannot build " + type, refused.getCause());
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
