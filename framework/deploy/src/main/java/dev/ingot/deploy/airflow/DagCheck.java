package dev.ingot.deploy.airflow;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks DAG files without Airflow: that names are valid (validate_key and validate_group_key of airflow.utils.helpers)
 * and unique, and that edges are between existing tasks.
 */
final class DagCheck {

    private static final Pattern LEGAL = Pattern.compile("[\\w.-]{1,250}");
    private static final Pattern LEGAL_GROUP = Pattern.compile("[\\w-]{1,200}");
    private static final Pattern DAG = Pattern.compile("(?m)^ +dag_id=\"([^\"]*)\",$");
    private static final Pattern GROUP_OR_TASK =
            Pattern.compile("(?m)^ +with TaskGroup\\(\"([^\"]*)\"\\):$|^ +task_id=\"([^\"]*)\",$");
    private static final Pattern VARIABLE = Pattern.compile("(?m)^ +(run_\\w+) = ");
    private static final Pattern EDGE = Pattern.compile("(?m)^ +\\[([^]]*)] >> (\\w+)$");

    private final Diagnostics diagnostics;
    private final Map<String, String> files = new TreeMap<>();

    DagCheck(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    void check(Map<String, String> dags) {
        new TreeMap<>(dags).forEach(this::check);
    }

    private void check(String file, String text) {
        List<String> ids = matches(DAG, text).map(match -> match.group(1)).toList();
        if (ids.size() != 1) {
            report(file, "it declares " + ids.size() + " DAGs, not one");
        }
        ids.forEach(id -> {
            checkName(file, "DAG", id);
            String other = files.putIfAbsent(id, file);
            if (other != null) {
                report(file, "its DAG has the same name as that in " + other + ", '" + id + "'");
            }
        });
        tasks(file, text);
        Set<String> variables = new TreeSet<>();
        matches(VARIABLE, text).forEach(match -> variables.add(match.group(1)));
        matches(EDGE, text)
                .flatMap(edge -> Stream.concat(Stream.of(edge.group(1).split(", ", -1)), Stream.of(edge.group(2))))
                .filter(name -> !variables.contains(name))
                .forEach(name -> report(file, "an edge refers to '" + name + "', which is not a task"));
    }

    private void tasks(String file, String text) {
        Set<String> names = new TreeSet<>();
        String group = "";
        for (MatchResult match : matches(GROUP_OR_TASK, text).toList()) {
            boolean opens = match.group(1) != null;
            String name = opens ? match.group(1) : group + match.group(2);
            if (opens) {
                group = name + ".";
                checkGroupName(file, name);
            } else {
                checkName(file, "task", name);
            }
            if (!names.add(name)) {
                report(file, "two tasks have the name '" + name + "'");
            }
        }
        if (names.isEmpty()) {
            report(file, "it has no task");
        }
    }

    private void checkName(String file, String kind, String name) {
        checkName(file, kind, name, LEGAL, "at most 250 letters, digits, '_', '-' and '.' are accepted");
    }

    private void checkGroupName(String file, String name) {
        checkName(file, "group", name, LEGAL_GROUP, "at most 200 letters, digits, '_' and '-' are accepted");
    }

    private void checkName(String file, String kind, String name, Pattern pattern, String accepted) {
        if (!pattern.matcher(name).matches()) {
            report(
                    file,
                    "the name of a " + kind + ", '" + name + "', has " + name.length() + " characters; " + accepted);
        }
    }

    private void report(String file, String reason) {
        diagnostics.add(Diagnostic.error(
                Code.DEPLOY_FILE, SourceSpan.of(file), "Cannot deploy the file to Airflow: " + reason, ""));
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results();
    }
}
