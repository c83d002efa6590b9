package dev.ingot.cli.reference;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Owner;
import java.util.Locale;

/** Renders the table of all diagnostic codes, with the owner who can fix each. */
final class CodeTable {

    private static final String INTRODUCTION = """
            ## Codes

            Every message has a code, whose meaning never changes. Its owner is the one who can fix the problem; the
            exit code of a command follows from the owner.

            """;

    private CodeTable() {}

    static String markdown() {
        StringBuilder text =
                new StringBuilder(INTRODUCTION).append("| owner | who | exit code |\n| --- | --- | --- |\n");
        for (Owner owner : Owner.values()) {
            text.append(row(label(owner), description(owner), Integer.toString(owner.exitCode())));
        }
        text.append("\n| code | owner | meaning |\n| --- | --- | --- |\n");
        for (Code code : Code.values()) {
            text.append(row(code.id(), label(code.owner()), MarkdownText.cell(MarkdownText.markdown(code.meaning()))));
        }
        return text.toString();
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String label(Owner owner) {
        return owner.name().toLowerCase(Locale.ROOT);
    }

    private static String description(Owner owner) {
        return switch (owner) {
            case USER -> "the author of the files or of the command";
            case DATA -> "the producer of the data";
            case ENVIRONMENT -> "the operator of the machine, the storage or the platform";
            case INTERNAL -> "the developers of Ingot";
        };
    }
}
