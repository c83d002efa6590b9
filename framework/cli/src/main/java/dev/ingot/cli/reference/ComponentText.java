package dev.ingot.cli.reference;

import dev.ingot.component.ComponentEntry;
import dev.ingot.component.ComponentKind;
import dev.ingot.component.Trait;
import dev.ingot.options.RecordShape;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the reference says of one source, transformation, rule or mode. */
final class ComponentText {

    private ComponentText() {}

    /** What the reference calls the components of a kind. */
    static String word(ComponentKind kind) {
        return kind == ComponentKind.CHECK ? "rule" : kind.word();
    }

    static String of(ComponentEntry entry) {
        String traits = Arrays.stream(Trait.values())
                .filter(entry::has)
                .map(ComponentText::consequence)
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
        return "### " + word(entry.kind()) + " " + MarkdownText.code(entry.name()) + "\n\n"
                + MarkdownText.markdown(entry.summary())
                + (traits.isEmpty() ? "" : "\n" + MarkdownText.markdown(traits))
                + "\n\n```yaml\n" + example(entry) + "\n```\n\n"
                + options(RecordShape.of(entry.options()), entry)
                + "\n";
    }

    /** The example where it would stand in a pipeline. */
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
            return "Takes a " + ValueDescription.one(only.type()) + ": "
                    + MarkdownText.markdown(only.option().description()) + "\n";
        }
        String inline = shape.inline()
                .map(field -> "\nThe value alone, without a mapping, is " + MarkdownText.code(field.name()) + ": "
                        + MarkdownText.code(entry.name() + ": " + field.option().example()) + ".\n")
                .orElse("");
        return OptionTable.of(entry.options()) + inline;
    }

    private static String consequence(Trait trait) {
        return switch (trait) {
            case ACROSS_ROWS -> "Looks across rows, so it is an error where only new rows are read (read: new).";
            case COLLAPSES -> "It is allowed there all the same before a target with 'sequence_by'.";
            case DIVERTS ->
                "'on_violation' beside it says what happens to such a row; otherwise it is put into quarantine.";
            case ROW_RULE -> "Judges each row.";
            case TABLE_RULE -> "Judges the table as a whole, so 'on_violation' can only be 'warn' or 'fail'.";
            case INCREMENTAL -> "Its input is read for what is new, unless read: all stands beside the source.";
            case OUTSIDE -> "May be read only in layers that read from 'outside'.";
            case REPLACES_PARTS ->
                "Its input is read whole, unless read: new stands beside the source: then a batch has to bring whole"
                        + " parts.";
            case VIEW ->
                "Reads tables of the lake only. It has no keys, no layout, no quarantine and no past; its rules are looked"
                        + " at in every run that reads it, before anybody reads it, and fail unless told to warn.";
            case STAGED -> "";
        };
    }
}
