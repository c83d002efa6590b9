package dev.ingot.cli.reference;

import dev.ingot.component.ComponentEntry;
import dev.ingot.component.ComponentKind;
import dev.ingot.component.Trait;
import dev.ingot.options.RecordShape;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Renders the reference section of one source, transformation, rule or mode. */
final class ComponentText {

    private ComponentText() {}

    /** Returns the reference's name for a kind of component. */
    static String label(ComponentKind kind) {
        return kind == ComponentKind.CHECK ? "rule" : kind.word();
    }

    static String of(ComponentEntry entry) {
        String traits = Arrays.stream(Trait.values())
                .filter(entry::has)
                .map(ComponentText::explanation)
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
        return "### " + label(entry.kind()) + " " + MarkdownText.code(entry.name()) + "\n\n"
                + MarkdownText.markdown(entry.summary())
                + (traits.isEmpty() ? "" : "\n" + MarkdownText.markdown(traits))
                + "\n\n```yaml\n" + example(entry) + "\n```\n\n"
                + options(RecordShape.of(entry.options()), entry)
                + "\n";
    }

    /** Renders the example at its place in a pipeline. */
    private static String example(ComponentEntry entry) {
        return switch (entry.kind()) {
            case SOURCE -> "source:\n" + entry.example().indent(2).stripTrailing();
            case TARGET -> "target: " + entry.example();
            case TRANSFORMATION, CHECK -> "- " + entry.example().indent(2).strip();
        };
    }

    private static String options(RecordShape shape, ComponentEntry entry) {
        if (shape.fields().isEmpty()) {
            return "It has no options of its own.\n";
        }
        if (shape.isOneMap()) {
            RecordShape.Field only = shape.fields().get(0);
            return "Takes a " + ValueDescription.singular(only.type()) + ": "
                    + MarkdownText.markdown(only.option().description()) + "\n";
        }
        String inline = shape.inline()
                .map(field -> "\nA value without a mapping sets " + MarkdownText.code(field.name()) + ": "
                        + MarkdownText.code(entry.name() + ": " + field.option().example()) + ".\n")
                .orElse("");
        return OptionTable.of(entry.options()) + inline;
    }

    private static String explanation(Trait trait) {
        return switch (trait) {
            case ACROSS_ROWS ->
                "Its result for a row depends on other rows, so it is an error with an incremental read"
                        + " (read: new).";
            case COLLAPSES -> "It is allowed there if the target has 'sequence_by'.";
            case DIVERTS ->
                "The key 'on_violation' of the step decides what happens to such a row; the default is quarantine.";
            case ROW_RULE -> "Checks each row.";
            case TABLE_RULE -> "Checks the table as a whole, so 'on_violation' can only be 'warn' or 'fail'.";
            case INCREMENTAL -> "Its input is read incrementally, unless the source has read: all.";
            case OUTSIDE -> "Allowed only in layers that read from 'outside'.";
            case REPLACES_PARTS ->
                "Its input is read in full, unless the source has read: new; then a batch must contain the replaced"
                        + " partitions completely.";
            case VIEW ->
                "Reads tables of the lake only. It has no keys, no layout, no quarantine and no history; its rules are"
                        + " checked in every run that reads it, before it is read, and fail unless set to 'warn'.";
            case STAGED -> "";
        };
    }
}
