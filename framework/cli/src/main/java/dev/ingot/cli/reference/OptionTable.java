package dev.ingot.cli.reference;

import dev.ingot.options.Option;
import dev.ingot.options.RecordShape;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders the options of a record as a table; nested options follow theirs, as {@code schedule.cron}. */
final class OptionTable {

    private static final String HEAD = "| option | type | description | default |\n| --- | --- | --- | --- |\n";

    private final StringBuilder rows = new StringBuilder();
    private final Map<String, String> known;

    private OptionTable(Map<String, String> known) {
        this.known = known;
    }

    static String of(Class<?> type) {
        return of(type, Map.of());
    }

    /**
     * Renders the table of a record.
     *
     * @param known the type of an option whose Java type does not express it
     */
    static String of(Class<?> type, Map<String, String> known) {
        OptionTable table = new OptionTable(known);
        table.add(type, "");
        return HEAD + table.rows;
    }

    private void add(Class<?> type, String prefix) {
        for (RecordShape.Field field : RecordShape.of(type).fields()) {
            String name = prefix + field.name();
            String typeText = known.containsKey(name) ? known.get(name) : ValueDescription.singular(field.type());
            rows.append("| ")
                    .append(MarkdownText.code(name))
                    .append(" | ")
                    .append(MarkdownText.cell(typeText))
                    .append(" | ")
                    .append(MarkdownText.cell(description(field.option())))
                    .append(" | ")
                    .append(defaultOf(field))
                    .append(" |\n");
            nested(field.type(), name);
        }
    }

    private void nested(Type type, String name) {
        Class<?> raw = OptionSchema.raw(type);
        if (raw == Optional.class) {
            nested(OptionSchema.argument(type, 0), name);
        } else if (raw == List.class) {
            nested(OptionSchema.argument(type, 0), name + "[]");
        } else if (raw == Map.class) {
            nested(OptionSchema.argument(type, 1), name + ".NAME");
        } else if (raw.isRecord() && ScalarSchema.of(raw).isEmpty()) {
            add(raw, name + ".");
        }
    }

    private static String description(Option option) {
        String description = MarkdownText.markdown(option.description());
        return option.example().isEmpty() || option.example().equals(option.defaultValue())
                ? description
                : description + " Example: " + MarkdownText.code(option.example()) + ".";
    }

    private static String defaultOf(RecordShape.Field field) {
        if (!field.optional()) {
            return "**required**";
        }
        String value = field.option().defaultValue();
        return value.isEmpty() ? "" : MarkdownText.code(value);
    }
}
