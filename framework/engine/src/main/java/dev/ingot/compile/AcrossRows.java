package dev.ingot.compile;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds, in Spark's printed plan of a query, a node that looks across the rows of {@code input}: grouping, DISTINCT, a
 * window, a limit. Such a node above another table only is no concern.
 */
final class AcrossRows {

    private static final Pattern NODE = Pattern.compile(
            "^([\\s:|+-]*)(Aggregate|Window|Distinct|Deduplicate|GlobalLimit|LocalLimit|Sample|Pivot|Except|Intersect)\\b");
    private static final Pattern INPUT = Pattern.compile("^[\\s:|+-]*SubqueryAlias input\\b");
    private static final Pattern DEPTH = Pattern.compile("^[\\s:|+-]*");

    private AcrossRows() {}

    static boolean in(String explained) {
        List<String> lines = explained
                .replaceAll("(?s).*== Analyzed Logical Plan ==", "")
                .replaceAll("(?s)== Optimized Logical Plan ==.*", "")
                .lines()
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher node = NODE.matcher(lines.get(i));
            if (node.find()
                    && inputBelow(
                            lines.subList(i + 1, lines.size()), node.group(1).length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean inputBelow(List<String> rest, int depth) {
        for (String line : rest) {
            Matcher prefix = DEPTH.matcher(line);
            if (!prefix.find() || prefix.end() <= depth) {
                return false;
            }
            if (INPUT.matcher(line).find()) {
                return true;
            }
        }
        return false;
    }
}
