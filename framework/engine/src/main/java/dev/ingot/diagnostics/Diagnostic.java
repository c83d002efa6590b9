package dev.ingot.diagnostics;

import dev.ingot.secrets.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A finding, in the form that every command prints: place, severity, code, summary, accepted values and remedy.
 *
 * @param span the place; a pipeline's file when no more precise place is known
 * @param summary one sentence without a final period: "Cannot do X: reason with values"
 * @param accepted the accepted values; empty when they cannot be listed
 * @param nearest the accepted value closest to the written one
 * @param remedy how to fix it; may be empty when {@code accepted} is enough
 */
public record Diagnostic(
        Severity severity,
        Code code,
        SourceSpan span,
        String summary,
        List<String> accepted,
        Optional<String> nearest,
        String remedy) {

    public Diagnostic {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(span, "span");
        Objects.requireNonNull(summary, "summary");
        accepted = List.copyOf(accepted);
        Objects.requireNonNull(nearest, "nearest");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** Creates an error. */
    public static Diagnostic error(Code code, SourceSpan span, String summary, String remedy) {
        return new Diagnostic(Severity.ERROR, code, span, summary, List.of(), Optional.empty(), remedy);
    }

    /** Creates a finding that does not stop the command. */
    public static Diagnostic warning(Code code, SourceSpan span, String summary, String remedy) {
        return new Diagnostic(Severity.WARNING, code, span, summary, List.of(), Optional.empty(), remedy);
    }

    /** Returns the same finding as a warning. */
    public Diagnostic asWarning() {
        return new Diagnostic(Severity.WARNING, code, span, summary, accepted, nearest, remedy);
    }

    /** Returns the same finding with the accepted values and the one nearest to {@code written}. */
    public Diagnostic accepting(Iterable<String> values, String written) {
        List<String> list = new ArrayList<>();
        values.forEach(list::add);
        return new Diagnostic(severity, code, span, summary, list, Nearest.to(written, list), remedy);
    }

    /** Returns the same finding with a name to use instead, for a name that edit distance does not find. */
    public Diagnostic suggesting(String name) {
        return new Diagnostic(severity, code, span, summary, accepted, Optional.of(name), remedy);
    }

    /**
     * Renders the finding for users: one line, and an indented line for each further part. Redacts secrets, because a
     * message may quote text from other systems.
     */
    public String render() {
        StringBuilder text = new StringBuilder()
                .append(span)
                .append("  ")
                .append(severity.name().toLowerCase(Locale.ROOT))
                .append(' ')
                .append(code.id())
                .append("  ")
                .append(summary);
        if (!accepted.isEmpty()) {
            text.append("\naccepted: ").append(String.join(", ", accepted));
            nearest.ifPresent(
                    name -> text.append("       did you mean '").append(name).append("'?"));
        }
        if (!remedy.isEmpty()) {
            text.append("\n").append(remedy);
        }
        return printable(Redaction.redact(text.toString())).replace("\n", "\n    ");
    }

    /** Escapes control characters: messages quote the content of files, which must not control a terminal. */
    private static String printable(CharSequence text) {
        StringBuilder visible = new StringBuilder();
        text.chars().forEach(c -> {
            if (Character.isISOControl(c) && c != '\n') {
                visible.append(String.format("\\u%04x", c));
            } else {
                visible.append((char) c);
            }
        });
        return visible.toString();
    }
}
