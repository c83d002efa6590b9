package dev.ingot.diagnostics;

import dev.ingot.secrets.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One finding, in the form every command prints: where, how grave, which code, what, what would be accepted, what to
 * do.
 *
 * @param span the place; a pipeline's file when nothing narrower is known
 * @param summary one sentence without a final period: "Cannot do X: reason with values"
 * @param accepted the values that would be accepted here; empty when they cannot be listed
 * @param nearest the accepted value closest to what was written
 * @param remedy what to do about it; may be empty when {@code accepted} says it all
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

    /** An error with a remedy. */
    public static Diagnostic error(Code code, SourceSpan span, String summary, String remedy) {
        return new Diagnostic(Severity.ERROR, code, span, summary, List.of(), Optional.empty(), remedy);
    }

    /** A finding that does not stop the command. */
    public static Diagnostic warning(Code code, SourceSpan span, String summary, String remedy) {
        return new Diagnostic(Severity.WARNING, code, span, summary, List.of(), Optional.empty(), remedy);
    }

    /** The same finding, where it does not stop the command. */
    public Diagnostic asWarning() {
        return new Diagnostic(Severity.WARNING, code, span, summary, accepted, nearest, remedy);
    }

    /** The same finding, with the values that are accepted and the one nearest to {@code written}. */
    public Diagnostic accepting(Iterable<String> values, String written) {
        List<String> list = new ArrayList<>();
        values.forEach(list::add);
        return new Diagnostic(severity, code, span, summary, list, Nearest.to(written, list), remedy);
    }

    /** Returns the same finding with a name to use instead, for a name that no edit distance leads to. */
    public Diagnostic suggesting(String name) {
        return new Diagnostic(severity, code, span, summary, accepted, Optional.of(name), remedy);
    }

    /**
     * The finding as a user reads it: one line, and an indented line for each further part. A message may quote what came
     * from elsewhere, so the values of secrets are taken out.
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

    /** What a file holds is quoted in messages, so it must not be able to steer a terminal. */
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
