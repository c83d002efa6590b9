package dev.ingot.compile;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.SourceSpan;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates errors of Spark's analyzer into diagnostics for users. */
final class AnalysisErrorText {

    private static final Pattern UNRESOLVED =
            Pattern.compile("UNRESOLVED_(?:COLUMN|FIELD|MAP_KEY)[\\s\\S]*?with name ((?:`[^`]+`\\.?)+)");
    private static final Pattern NO_TABLE =
            Pattern.compile("TABLE_OR_VIEW_NOT_FOUND[\\s\\S]*?(?:view|relation) ((?:`[^`]+`\\.?)+)");
    private static final Pattern NO_FUNCTION =
            Pattern.compile("UNRESOLVED_ROUTINE[\\s\\S]*?(?:function|routine) ((?:`[^`]+`\\.?)+)");

    private AnalysisErrorText() {}

    /**
     * Returns a diagnostic for an exception of the analyzer.
     *
     * @param what what was being planned: "transformation 'filter'"
     * @param columns the available columns
     */
    static Diagnostic of(Throwable failure, String what, SourceSpan span, List<String> columns) {
        String message = String.valueOf(failure.getMessage());
        Matcher column = UNRESOLVED.matcher(message);
        if (column.find()) {
            String name = column.group(1).replace("`", "");
            return Diagnostic.error(
                            Code.PLAN_COLUMN, span, "Cannot plan " + what + ": there is no column '" + name + "'", "")
                    .accepting(columns, name);
        }
        Matcher table = NO_TABLE.matcher(message);
        if (table.find()) {
            return Diagnostic.error(
                    Code.PLAN_COLUMN,
                    span,
                    "Cannot plan " + what + ": '" + table.group(1).replace("`", "") + "' is not in scope",
                    "A query can read 'input' and the aliases under 'sources:'; declare the table there.");
        }
        Matcher function = NO_FUNCTION.matcher(message);
        if (function.find()) {
            return Diagnostic.error(
                    Code.PLAN_COLUMN,
                    span,
                    "Cannot plan " + what + ": Spark has no function '"
                            + function.group(1).replace("`", "") + "'",
                    "");
        }
        return Diagnostic.error(Code.PLAN_COLUMN, span, "Cannot plan " + what + ": " + plain(message), "");
    }

    /** Returns the text of a message, without Spark's error class, SQLSTATE, plan and position. */
    static String plain(String message) {
        String text = message.strip();
        int plan = text.indexOf(";\n");
        text = plan > 0 ? text.substring(0, plan) : text;
        int sql = text.indexOf("\n== SQL");
        text = sql > 0 ? text.substring(0, sql) : text;
        return text.replaceAll("^\\[[A-Z_0-9.]+\\]\\s*", "")
                .replaceAll("\\s*SQLSTATE: \\w+", "")
                .replaceAll(";? line \\d+[,]? pos \\d+", "")
                .replaceAll("\\(line \\d+, pos \\d+\\)", "")
                .replaceAll("\\s+", " ")
                .replaceAll("[.;]\\s*$", "")
                .strip();
    }
}
