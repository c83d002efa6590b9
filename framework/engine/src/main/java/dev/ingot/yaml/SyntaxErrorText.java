package dev.ingot.yaml;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.SourceSpan;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Translates SnakeYAML's syntax errors into messages for authors who do not know YAML's grammar. */
final class SyntaxErrorText {

    private static final Pattern FORBIDDEN_START = Pattern.compile("found character '(.)' that cannot start.*");
    private static final Pattern ESCAPE = Pattern.compile("found unknown escape character (.)\\(.*");
    private static final Pattern IN_BRACKETS = Pattern.compile("expected ',' or '([}\\]])', but got (.*)");
    private static final Pattern BLOCK_END = Pattern.compile("expected <block end>, but found '(.*)'");
    private static final Pattern NO_CONTENT = Pattern.compile("expected the node content, but found '(.*)'");

    private final MarkedYAMLException error;
    private final String problem;
    private final String context;
    private final String file;

    private SyntaxErrorText(MarkedYAMLException error, String file) {
        this.error = error;
        this.problem = firstLine(error.getProblem() == null ? error.getMessage() : error.getProblem());
        this.context = String.valueOf(error.getContext());
        this.file = file;
    }

    /** Converts a syntax error into a diagnostic at the place that the author must check. */
    static Diagnostic of(MarkedYAMLException error, String file) {
        return new SyntaxErrorText(error, file).toDiagnostic();
    }

    private Diagnostic toDiagnostic() {
        Matcher brackets = IN_BRACKETS.matcher(problem);
        Matcher block = BLOCK_END.matcher(problem);
        if (context.contains("quoted scalar")) {
            return quotedScalar();
        }
        if (context.equals("while scanning an alias") || context.equals("while scanning an anchor")) {
            return atContext("'*' and '&' start an alias or an anchor, but no name follows", "Quote the value.");
        }
        if (brackets.matches()) {
            return flowCollection(brackets.group(1), brackets.group(2));
        }
        if (block.matches()) {
            return blockStructure(block.group(1));
        }
        if (problem.startsWith("could not find expected ':'")) {
            return atContext(
                    "this line has no ':'", "Write 'key: value', or indent it if it belongs to the value above.");
        }
        return withoutContext();
    }

    private Diagnostic quotedScalar() {
        Matcher escape = ESCAPE.matcher(problem);
        if (escape.matches()) {
            return atProblem(
                    "'\\" + escape.group(1) + "' is no escape sequence of double quotes",
                    "Use single quotes, in which a backslash has no special meaning.");
        }
        boolean open = problem.startsWith("found unexpected");
        return open ? atContext("the quote that opens here is not closed", "Close it.") : atProblem(problem, "");
    }

    private Diagnostic flowCollection(String closing, String found) {
        String opening = closing.equals("}") ? "{" : "[";
        int line = error.getProblemMark().getLine();
        if (found.equals("<stream end>")) {
            return atContext("the '" + opening + "' that opens here is not closed", "Close it.");
        }
        if (line > error.getContextMark().getLine()) {
            return atContext(
                    "the '" + opening + "' that opens here is not closed before line " + (line + 1),
                    "Close it, or put the comma that is missing between two values.");
        }
        String what = found.startsWith("<") ? "text cannot follow a value" : quoted(found) + " ends a value";
        return atProblem(
                "inside " + opening + "..." + closing + " " + what, "Quote the value, or put it on its own line.");
    }

    private Diagnostic blockStructure(String found) {
        return switch (found) {
            case "-" -> atProblem("expected a key, found a list item", "Check the indentation of this line.");
            case "?" -> atProblem("expected a list item, found a key", "Check the indentation of this line.");
            case "}", "]" -> atProblem("'" + found + "' has no opening bracket", "Remove it, or quote the value.");
            case "<block mapping start>", "<block sequence start>" ->
                atProblem(
                        "the indentation of this line differs from the lines above",
                        "Check the indentation of this line.");
            default -> atProblem("text cannot follow a value", "Put quotes around the whole value.");
        };
    }

    private Diagnostic withoutContext() {
        Matcher start = FORBIDDEN_START.matcher(problem);
        Matcher content = NO_CONTENT.matcher(problem);
        if (problem.contains("TAB")) {
            return atProblem("found a tab", "Indent with spaces; YAML does not allow tabs.");
        }
        if (start.matches()) {
            return atProblem("a value cannot start with " + quoted(start.group(1)), "Quote the value.");
        }
        if (content.matches() && content.group(1).startsWith("<")) {
            return atProblem("a value is missing here", "Close the open brackets and quotes above.");
        }
        if (content.matches()) {
            return atProblem("a value cannot start with " + quoted(content.group(1)), "Remove it, or quote the value.");
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return atProblem(
                    "a ':' is not expected here",
                    "Quote the value if the ':' is part of it; otherwise check the indentation of this line.");
        }
        if (problem.startsWith("sequence entries are not allowed")) {
            return atProblem("a list item cannot start here", "Put it on its own line below the key.");
        }
        if (problem.startsWith("expected '<document start>'")) {
            return atProblem(
                    "this line does not belong to the document above it", "Check the indentation of this line.");
        }
        return atProblem(problem, "");
    }

    private Diagnostic atProblem(String reason, String remedy) {
        return at(error.getProblemMark() == null ? error.getContextMark() : error.getProblemMark(), reason, remedy);
    }

    private Diagnostic atContext(String reason, String remedy) {
        return at(error.getContextMark() == null ? error.getProblemMark() : error.getContextMark(), reason, remedy);
    }

    private Diagnostic at(Mark mark, String reason, String remedy) {
        SourceSpan place =
                mark == null ? SourceSpan.of(file) : new SourceSpan(file, mark.getLine() + 1, mark.getColumn() + 1);
        return Diagnostic.error(Code.YAML_SYNTAX, place, "Cannot read the YAML: " + reason, remedy);
    }

    private static String quoted(String found) {
        return "'" + found + "'";
    }

    private static String firstLine(String text) {
        return String.valueOf(text).lines().findFirst().orElse("");
    }
}
