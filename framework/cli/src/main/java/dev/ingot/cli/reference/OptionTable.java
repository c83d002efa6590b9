package dev.ingot.cli.reference;

import dev.ingot.options.Option;
import dev.ingot.options.RecordShape;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of a record as a table; what stands inside an option follows it, as {@code schedule.cron}. */
final class OptionTable {

    private static final String HEAD = "| option | takes | says | default |\n| --- | --- | --- | --- |\n";

    private final StringBuilder rows = new StringBuilder();
    private final Map<String, String> taken;

    private OptionTable(Map<String, String> taken) {
        this.taken = taken;
    }

    static String of(Class<?> type) {
        return of(type, Map.of());
    }

    /**
     * The table of a record.
     *
     * @param taken for an option whose Java type says too little, what it takes
     */
    static String of(Class<?> type, Map<String, String> taken) {
        OptionTable table = new OptionTable(taken);
        table.add(type, "");
        return HEAD + table.rows;
    }

    private void add(Class<?> type, String prefix) {
        for (RecordShape.Field field : RecordShape.of(type).fields()) {
            String name = prefix + field.name();
            String takes = taken.containsKey(name) ? taken.get(name) : ValueDescription.one(field.type());
            rows.append("| ")
                    .append(MarkdownText.code(name))
                    .append(" | ")
                    .append(MarkdownText.cell(takes))
                    .append(" | ")
                    .append(MarkdownText.cell(says(field.option())))
                    .append(" | ")
                    .append(leftOut(field))
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

    private static String says(Option option) {
        String description = MarkdownText.markdown(option.description());
        return option.example().isEmpty() || option.example().equals(option.defaultValue())
                ? description
                : description + " Example: " + MarkdownText.code(option.example()) + ".";
    }

    private static String leftOut(RecordShape.Field field) {
        if (!field.optional()) {
            return "**required**";
        }
        String preset = field.option().defaultValue();
        return preset.isEmpty() ? "" : MarkdownText.code(preset);
    }
}
