package dev.ingot.options;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.yaml.YamlNode;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
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
                arguments.add(
                        field == inline.get() ? value(field, node, what) : leftOut(field, node, what).orElse(null));
            }
        } else if (node instanceof YamlNode.Mapping mapping) {
            refuseUnknown(shape, mapping, what, others);
            for (RecordShape.Field field : shape.fields()) {
                YamlNode given = mapping.value(field.name())
                        .filter(value -> !isNothing(value))
                        .orElse(null);
                arguments.add(given == null ? leftOut(field, node, what).orElse(null) : value(field, given, what));
            }
        } else {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_TYPE, node.span(), "Cannot read " + what + ": expected a mapping, not " + node.kind(), "")
                    .accepting(names(shape), ""));
        }
        return diagnostics.errorCount() > errorsBefore ? Optional.empty() : build(type, shape, arguments, node, what);
    }

    private static boolean standsForAll(RecordShape shape, YamlNode node) {
        return !(node instanceof YamlNode.Mapping) && !isNothing(node) || shape.isOneMap();
    }

    private Object value(RecordShape.Field field, YamlNode node, String what) {
        return values.read(field.type(), node, what, field.name()).orElse(null);
    }

    private Optional<Object> leftOut(RecordShape.Field field, YamlNode owner, String what) {
        String preset = field.option().defaultValue();
        if (!preset.isEmpty()) {
            YamlNode written = new YamlNode.Scalar(preset, true, owner.span());
            return values.read(field.type(), written, what, field.name()).map(Object.class::cast);
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
        return nothing;
    }

    private void refuseUnknown(RecordShape shape, YamlNode.Mapping mapping, String what, Set<String> others) {
        List<String> known = new ArrayList<>(names(shape));
        known.addAll(others);
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                diagnostics.add(Diagnostic.error(
                                Code.SPEC_UNKNOWN,
                                entry.keySpan(),
                                "Cannot read " + what + ": it has no option '" + key + "'",
                                "")
                        .accepting(known, key));
            }
        });
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

    private static boolean isNothing(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.isNothing();
    }
}
