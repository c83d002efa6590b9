package dev.ingot.cli.reference;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Owner;
import java.util.Locale;

/** The codes of all messages, with who can mend what they tell of. */
final class CodeTable {

    private static final String OPENING = """
            ## Codes

            Every message carries a code, whose meaning never changes. Its owner is who can mend it; the exit code of a
            command says the same.

            """;

    private CodeTable() {}

    static String markdown() {
        StringBuilder text = new StringBuilder(OPENING).append("| owner | is | exit code |\n| --- | --- | --- |\n");
        for (Owner owner : Owner.values()) {
            text.append(row(word(owner), person(owner), Integer.toString(owner.exitCode())));
        }
        text.append("\n| code | owner | means |\n| --- | --- | --- |\n");
        for (Code code : Code.values()) {
            text.append(row(code.id(), word(code.owner()), MarkdownText.cell(MarkdownText.markdown(code.meaning()))));
        }
        return text.toString();
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String word(Owner owner) {
        return owner.name().toLowerCase(Locale.ROOT);
    }

    private static String person(Owner owner) {
        return switch (owner) {
            case USER -> "who writes the files or the command";
            case DATA -> "who delivers the data";
            case ENVIRONMENT -> "who runs the machine, the storage or the platform";
            case INTERNAL -> "the makers of Ingot";
        };
    }
}
