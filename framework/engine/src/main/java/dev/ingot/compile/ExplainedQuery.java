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
 * What Spark prints of the plan of a query (EXPLAIN EXTENDED): which tables it names, and whether each of its rows stems
 * from one row of {@code input}.
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

    /** A part of the plan and what it takes its rows from; plans of subqueries come first among these. */
    private record Node(String text, int depth, List<Node> below) {}

    ExplainedQuery(String explained) {
        this.parsed = section(explained, "Parsed Logical Plan");
        this.analyzed = tree(section(explained, "Analyzed Logical Plan"));
        long known;
        do {
            known = definedByInput.size();
            learnDefinitions(analyzed);
        } while (definedByInput.size() > known);
    }

    /** A query whose texts hold no line breaks: in a printed plan, each line is a part of it. */
    static String onOneLineEach(String sql) {
        StringBuilder plain = new StringBuilder(sql);
        List<SqlText.Token> tokens = SqlText.tokens(sql);
        for (int i = tokens.size() - 1; i >= 0; i--) {
            SqlText.Token token = tokens.get(i);
            boolean breaks = token.text().contains("\\n")
                    || token.text().contains("\\r")
                    || token.text().contains("\n");
            if (token.kind() == SqlText.Kind.QUOTED && breaks && !token.text().startsWith("`")) {
                plain.replace(token.start(), token.end(), "' '");
            }
        }
        return plain.toString();
    }

    /** The tables that the query names and does not define itself, as it names them, in lower case. */
    Set<String> tables() {
        Set<String> tables = new TreeSet<>();
        Matcher relation = RELATION.matcher(parsed);
        while (relation.find()) {
            tables.add(relation.group(1).replace(", ", ".").toLowerCase(Locale.ROOT));
        }
        Matcher common = COMMON_TABLES.matcher(parsed);
        while (common.find()) {
            Arrays.stream(common.group(1).toLowerCase(Locale.ROOT).split(", "))
                    .filter(name -> !name.contains("."))
                    .forEach(tables::remove);
        }
        return tables;
    }

    /** Whether some row of the result depends on several rows of {@code input}, or on none of them. */
    boolean isAcrossRows() {
        return !hasInput(analyzed) || isAcrossRows(analyzed);
    }

    private boolean isAcrossRows(Node node) {
        return groups(node)
                || joinsBeyond(node)
                || addsRows(node)
                || node.below().stream().anyMatch(this::isAcrossRows);
    }

    private boolean groups(Node node) {
        return ACROSS.matcher(node.text()).matches() && hasInput(node);
    }

    private boolean joinsBeyond(Node node) {
        List<Node> below = node.below();
        if (!node.text().startsWith("Join ")) {
            // Of a node with one child, what stands before it are the plans of subqueries.
            boolean one = node.text().startsWith("Filter ") || node.text().startsWith("Project ");
            return one
                    && below.size() > 1
                    && below.subList(0, below.size() - 1).stream().anyMatch(this::hasInput);
        }
        boolean left = hasInput(below.get(below.size() - 2));
        boolean right = hasInput(below.get(below.size() - 1));
        boolean keepsLeft = node.text().matches("Join (LeftOuter|FullOuter|LeftSemi|LeftAnti|ExistenceJoin)\\b.*");
        boolean keepsRight = node.text().matches("Join (RightOuter|FullOuter)\\b.*");
        return (left && right) || (right && keepsLeft) || (left && keepsRight);
    }

    private boolean addsRows(Node node) {
        return node.text().startsWith("Union") && !node.below().stream().allMatch(this::hasInput);
    }

    private boolean hasInput(Node node) {
        Matcher reference = REFERENCE.matcher(node.text());
        return node.text().startsWith("View (`input`")
                || (reference.matches() && definedByInput.contains(reference.group(1)))
                || node.below().stream().anyMatch(this::hasInput);
    }

    private void learnDefinitions(Node node) {
        Matcher definition = DEFINITION.matcher(node.text());
        if (definition.matches() && hasInput(node)) {
            definedByInput.add(definition.group(1));
        }
        node.below().forEach(this::learnDefinitions);
    }

    private static String section(String explained, String title) {
        int start = explained.indexOf("== " + title + " ==");
        int end = explained.indexOf("\n== ", start + 3);
        return start < 0 ? "" : explained.substring(start, end < 0 ? explained.length() : end);
    }

    /** The indented lines of a plan as a tree, under a root of its own. */
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
            path.get(path.size() - 1).below().add(node);
            path.add(node);
        }
        return root;
    }
}
