package dev.ingot.yaml;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.SourceSpan;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What SnakeYAML's parser refuses, in the words of somebody who writes YAML and has never read its grammar. */
final class SyntaxErrorText {

    private static final Pattern FORBIDDEN_START = Pattern.compile("found character '(.)' that cannot start.*");
    private static final Pattern ESCAPE = Pattern.compile("found unknown escape character (.)\\(.*");
    private static final Pattern IN_BRACKETS = Pattern.compile("expected ',' or '([}\\]])', but got (.*)");
    private static final Pattern AT_A_BLOCK = Pattern.compile("expected <block end>, but found '(.*)'");
    private static final Pattern NO_CONTENT = Pattern.compile("expected the node content, but found '(.*)'");

    private final MarkedYAMLException refusal;
    private final String problem;
    private final String context;
    private final String file;

    private SyntaxErrorText(MarkedYAMLException refusal, String file) {
        this.refusal = refusal;
        this.problem = firstLine(refusal.getProblem() == null ? refusal.getMessage() : refusal.getProblem());
        this.context = String.valueOf(refusal.getContext());
        this.file = file;
    }

    /** The refusal as a diagnostic, at the place that its author must look at. */
    static Diagnostic of(MarkedYAMLException refusal, String file) {
        return new SyntaxErrorText(refusal, file).explain();
    }

    private Diagnostic explain() {
        Matcher brackets = IN_BRACKETS.matcher(problem);
        Matcher block = AT_A_BLOCK.matcher(problem);
        if (context.contains("quoted scalar")) {
            return inQuotes();
        }
        if (context.equals("while scanning an alias") || context.equals("while scanning an anchor")) {
            return began("'*' and '&' begin an alias or an anchor, and no name follows", "Quote the value.");
        }
        if (brackets.matches()) {
            return inBrackets(brackets.group(1), brackets.group(2));
        }
        if (block.matches()) {
            return atBlock(block.group(1));
        }
        if (problem.startsWith("could not find expected ':'")) {
            return began("a line without ':'", "Write 'key: value', or indent it if it belongs to the value above.");
        }
        return byItself();
    }

    private Diagnostic inQuotes() {
        Matcher escape = ESCAPE.matcher(problem);
        if (escape.matches()) {
            return here(
                    "double quotes do not know '\\" + escape.group(1) + "'",
                    "Use single quotes: a backslash is nothing special there.");
        }
        boolean open = problem.startsWith("found unexpected");
        return open ? began("the quote that opens here is not closed", "Close it.") : here(problem, "");
    }

    private Diagnostic inBrackets(String closing, String found) {
        String opening = closing.equals("}") ? "{" : "[";
        int line = refusal.getProblemMark().getLine();
        if (found.equals("<stream end>")) {
            return began("the '" + opening + "' that opens here is not closed", "Close it.");
        }
        if (line > refusal.getContextMark().getLine()) {
            return began(
                    "the '" + opening + "' that opens here is not closed before line " + (line + 1),
                    "Close it, or put the comma that is missing between two values.");
        }
        String what = found.startsWith("<") ? "a text cannot follow after a value" : quoted(found) + " ends a value";
        return here(
                "inside " + opening + "..." + closing + " " + what, "Quote the value, or put it on a line of its own.");
    }

    private Diagnostic atBlock(String found) {
        return switch (found) {
            case "-" -> here("a list item stands where a key is expected", "Check the indentation of this line.");
            case "?" -> here("a key stands where a list item is expected", "Check the indentation of this line.");
            case "}", "]" -> here("'" + found + "' closes nothing", "Remove it, or quote the value.");
            case "<block mapping start>", "<block sequence start>" ->
                here("this line is indented unlike those above it", "Check the indentation of this line.");
            default -> here("a text cannot follow after a value", "Put quotes around the whole value.");
        };
    }

    private Diagnostic byItself() {
        Matcher start = FORBIDDEN_START.matcher(problem);
        Matcher content = NO_CONTENT.matcher(problem);
        if (problem.contains("TAB")) {
            return here("a tab stands here", "Indent with spaces; YAML does not allow tabs.");
        }
        if (start.matches()) {
            return here("no value begins with " + quoted(start.group(1)), "Quote the value.");
        }
        if (content.matches() && content.group(1).startsWith("<")) {
            return here("a value is missing here", "Close the brackets and quotes that are open above.");
        }
        if (content.matches()) {
            return here("no value begins with " + quoted(content.group(1)), "Remove it, or quote the value.");
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return here(
                    "a ':' is not expected here",
                    "Quote the value if the ':' is part of it; otherwise check the indentation of this line.");
        }
        if (problem.startsWith("sequence entries are not allowed")) {
            return here("a list item cannot begin here", "Put it on a line of its own below the key.");
        }
        if (problem.startsWith("expected '<document start>'")) {
            return here("this line does not belong to what stands above it", "Check the indentation of this line.");
        }
        return here(problem, "");
    }

    private Diagnostic here(String reason, String remedy) {
        return at(
                refusal.getProblemMark() == null ? refusal.getContextMark() : refusal.getProblemMark(), reason, remedy);
    }

    private Diagnostic began(String reason, String remedy) {
        return at(
                refusal.getContextMark() == null ? refusal.getProblemMark() : refusal.getContextMark(), reason, remedy);
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
