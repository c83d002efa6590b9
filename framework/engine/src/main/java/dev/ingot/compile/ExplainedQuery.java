package dev.ingot.compile;

import dev.ingot.options.SqlText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the printed plan of a query (EXPLAIN EXTENDED): finds the tables that it names, and whether each of its rows
 * derives from exactly one row of {@code input}.
 */
final class ExplainedQuery {

    private static final Pattern ACROSS = Pattern.compile(
            "(Aggregate|Window|Distinct|Deduplicate|GlobalLimit|LocalLimit|Offset|Sample|Pivot|Except|Intersect)\\b.*");
    private static final Pattern RELATION = Pattern.compile("'UnresolvedRelation \\[([^\\]]*)\\]");
    private static final Pattern COMMON_TABLES = Pattern.compile("(?m)^[\\s:|+-]*'?CTE \\[([^\\]]*)\\]");
    private static final Pattern DEFINITION = Pattern.compile("CTERelationDef (\\d+).*");
    private static final Pattern REFERENCE = Pattern.compile("CTERelationRef (\\d+).*");
    private static final Pattern DEPTH = Pattern.compile("^[\\s:|+-]*");

    private final String parsed;
    private final Node analyzed;
    private final Set<String> definedByInput = new HashSet<>();

    /** A node of the plan and the nodes that it reads; the plans of subqueries are first among these. */
    private record Node(String text, int depth, List<Node> children) {}

    ExplainedQuery(String explained) {
        this.parsed = section(explained, "Parsed Logical Plan");
        this.analyzed = tree(section(explained, "Analyzed Logical Plan"));
        long before;
        do {
            before = definedByInput.size();
            collectInputDefinitions(analyzed);
        } while (definedByInput.size() > before);
    }

    /** Replaces the string literals of a query that contain line breaks: in a printed plan, each line is one node. */
    static String withoutLineBreaks(String sql) {
        StringBuilder result = new StringBuilder(sql);
        List<SqlText.Token> tokens = SqlText.tokens(sql);
        for (int i = tokens.size() - 1; i >= 0; i--) {
            SqlText.Token token = tokens.get(i);
            boolean hasLineBreak = token.text().contains("\\n")
                    || token.text().contains("\\r")
                    || token.text().contains("\n");
            if (token.kind() == SqlText.Kind.QUOTED
                    && hasLineBreak
                    && !token.text().startsWith("`")) {
                result.replace(token.start(), token.end(), "' '");
            }
        }
        return result.toString();
    }

    /** Returns the tables that the query names but does not define, as written in the query, in lower case. */
    Set<String> tables() {
        Set<String> tables = new TreeSet<>();
        Matcher relation = RELATION.matcher(parsed);
        while (relation.find()) {
            tables.add(relation.group(1).replace(", ", ".").toLowerCase(Locale.ROOT));
        }
        Matcher ctes = COMMON_TABLES.matcher(parsed);
        while (ctes.find()) {
            Arrays.stream(ctes.group(1).toLowerCase(Locale.ROOT).split(", "))
                    .filter(name -> !name.contains("."))
                    .forEach(tables::remove);
        }
        return tables;
    }

    /** Returns whether some row of the result depends on several rows of {@code input}, or on none of them. */
    boolean isAcrossRows() {
        return !hasInput(analyzed) || isAcrossRows(analyzed);
    }

    private boolean isAcrossRows(Node node) {
        return combinesInputRows(node)
                || joinsAcrossRows(node)
                || addsRows(node)
                || node.children().stream().anyMatch(this::isAcrossRows);
    }

    private boolean combinesInputRows(Node node) {
        return ACROSS.matcher(node.text()).matches() && hasInput(node);
    }

    private boolean joinsAcrossRows(Node node) {
        List<Node> children = node.children();
        if (!node.text().startsWith("Join ")) {
            // Such a node has one input, the last child; the children before it are the plans of subqueries.
            boolean hasSingleInput =
                    node.text().startsWith("Filter ") || node.text().startsWith("Project ");
            return hasSingleInput
                    && children.size() > 1
                    && children.subList(0, children.size() - 1).stream().anyMatch(this::hasInput);
        }
        boolean left = hasInput(children.get(children.size() - 2));
        boolean right = hasInput(children.get(children.size() - 1));
        boolean keepsLeft = node.text().matches("Join (LeftOuter|FullOuter|LeftSemi|LeftAnti|ExistenceJoin)\\b.*");
        boolean keepsRight = node.text().matches("Join (RightOuter|FullOuter)\\b.*");
        return (left && right) || (right && keepsLeft) || (left && keepsRight);
    }

    private boolean addsRows(Node node) {
        return node.text().startsWith("Union") && !node.children().stream().allMatch(this::hasInput);
    }

    private boolean hasInput(Node node) {
        Matcher reference = REFERENCE.matcher(node.text());
        return node.text().startsWith("View (`input`")
                || (reference.matches() && definedByInput.contains(reference.group(1)))
                || node.children().stream().anyMatch(this::hasInput);
    }

    private void collectInputDefinitions(Node node) {
        Matcher definition = DEFINITION.matcher(node.text());
        if (definition.matches() && hasInput(node)) {
            definedByInput.add(definition.group(1));
        }
        node.children().forEach(this::collectInputDefinitions);
    }

    private static String section(String explained, String title) {
        int start = explained.indexOf("== " + title + " ==");
        int end = explained.indexOf("\n== ", start + 3);
        return start < 0 ? "" : explained.substring(start, end < 0 ? explained.length() : end);
    }

    /** Builds a tree from the indented lines of a plan, under an additional root. */
    private static Node tree(String section) {
        Node root = new Node("", -1, new ArrayList<>());
        List<Node> path = new ArrayList<>(List.of(root));
        for (String line : section.lines().skip(1).toList()) {
            Matcher prefix = DEPTH.matcher(line);
            int depth = prefix.find() ? prefix.end() : 0;
            while (path.get(path.size() - 1).depth() >= depth) {
                path.remove(path.size() - 1);
            }
            Node node = new Node(line.substring(depth).replaceFirst("^['!]", ""), depth, new ArrayList<>());
            path.get(path.size() - 1).children().add(node);
            path.add(node);
        }
        return root;
    }
}
