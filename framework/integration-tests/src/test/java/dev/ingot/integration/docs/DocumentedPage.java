package dev.ingot.integration.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Reads the fenced blocks of a Markdown page. A fence {@code sh} holds commands that are run; a fence {@code text} right
 * after it holds what they print. {@code sh not-run} holds commands that need what no test has.
 */
record DocumentedPage(String text, List<Fence> fences) {

    private static final String MARK = "```";
    private static final String COMMANDS = "sh";
    private static final String OUTPUT = "text";

    /** No command hides in a fence of another kind. */
    private static final Set<String> KNOWN =
            Set.of(COMMANDS, "sh not-run", OUTPUT, "yaml", "sql", "java", "json", "python", "mermaid", "markdown");

    /**
     * The content of one fence.
     *
     * @param line the line of its opening mark, counted from 1
     * @param kind the text after the opening mark
     */
    record Fence(int line, String kind, List<String> lines) {
        Fence {
            Objects.requireNonNull(kind, "kind");
            lines = List.copyOf(lines);
        }
    }

    /**
     * Commands that are run, with what they print.
     *
     * @param line the line of the commands' opening mark
     * @param output the documented lines; empty when the page shows none
     */
    record Step(int line, List<String> commands, List<String> output) {
        Step {
            commands = List.copyOf(commands);
            output = List.copyOf(output);
        }
    }

    DocumentedPage {
        Objects.requireNonNull(text, "text");
        fences = List.copyOf(fences);
    }

    static DocumentedPage of(Path file) throws IOException {
        return of(Files.readString(file));
    }

    static DocumentedPage of(String text) {
        List<String> lines = text.lines().toList();
        List<Fence> fences = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at);
            at++;
            if (line.strip().startsWith(MARK)) {
                int indent = line.indexOf(MARK);
                int begin = at;
                List<String> content = new ArrayList<>();
                while (at < lines.size() && !lines.get(at).strip().equals(MARK)) {
                    content.add(unindented(lines.get(at), indent));
                    at++;
                }
                fences.add(
                        new Fence(begin, line.strip().substring(MARK.length()).strip(), content));
                at++;
            }
        }
        return new DocumentedPage(text, fences);
    }

    /** Lists the fences whose kind is not known, as "line: kind". */
    List<String> unknownFences() {
        return fences.stream()
                .filter(fence -> !KNOWN.contains(fence.kind()))
                .map(fence -> fence.line() + ": '" + fence.kind() + "'")
                .toList();
    }

    boolean hasUntriedCommands() {
        return fences.stream().anyMatch(fence -> fence.kind().equals("sh not-run"));
    }

    /** Returns what is run, in the page's order. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < fences.size(); i++) {
            Fence fence = fences.get(i);
            if (fence.kind().equals(COMMANDS)) {
                boolean shown =
                        i + 1 < fences.size() && fences.get(i + 1).kind().equals(OUTPUT);
                steps.add(new Step(
                        fence.line(), fence.lines(), shown ? fences.get(i + 1).lines() : List.of()));
            }
        }
        return steps;
    }

    private static String unindented(String line, int indent) {
        return line.substring(
                Math.min(indent, line.length() - line.stripLeading().length()));
    }
}
