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
 * What Airflow asks of DAG files and can be seen without it: names that it takes (validate_key and validate_group_key of
 * airflow.utils.helpers), each once, and edges between tasks that are there.
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
        List<String> ids = found(DAG, text).map(match -> match.group(1)).toList();
        if (ids.size() != 1) {
            wrong(file, "it declares " + ids.size() + " DAGs, not one");
        }
        ids.forEach(id -> {
            legal(file, "DAG", id);
            String other = files.putIfAbsent(id, file);
            if (other != null) {
                wrong(file, "its DAG has the name '" + id + "', as that in " + other + " has");
            }
        });
        tasks(file, text);
        Set<String> variables = new TreeSet<>();
        found(VARIABLE, text).forEach(match -> variables.add(match.group(1)));
        found(EDGE, text)
                .flatMap(edge -> Stream.concat(Stream.of(edge.group(1).split(", ", -1)), Stream.of(edge.group(2))))
                .filter(name -> !variables.contains(name))
                .forEach(name -> wrong(file, "an edge leads from or to '" + name + "', which is no task"));
    }

    private void tasks(String file, String text) {
        Set<String> names = new TreeSet<>();
        String group = "";
        for (MatchResult match : found(GROUP_OR_TASK, text).toList()) {
            boolean opens = match.group(1) != null;
            String name = opens ? match.group(1) : group + match.group(2);
            if (opens) {
                group = name + ".";
                legalGroup(file, name);
            } else {
                legal(file, "task", name);
            }
            if (!names.add(name)) {
                wrong(file, "two tasks have the name '" + name + "'");
            }
        }
        if (names.isEmpty()) {
            wrong(file, "it has no task");
        }
    }

    private void legal(String file, String what, String name) {
        legal(file, what, name, LEGAL, "at most 250 letters, digits, '_', '-' and '.' are accepted");
    }

    private void legalGroup(String file, String name) {
        legal(file, "group", name, LEGAL_GROUP, "at most 200 letters, digits, '_' and '-' are accepted");
    }

    private void legal(String file, String what, String name, Pattern legal, String accepted) {
        if (!legal.matcher(name).matches()) {
            wrong(
                    file,
                    "the name of a " + what + ", '" + name + "', has " + name.length() + " characters; " + accepted);
        }
    }

    private void wrong(String file, String reason) {
        diagnostics.add(Diagnostic.error(
                Code.DEPLOY_FILE, SourceSpan.of(file), "Cannot give the file to Airflow: " + reason, ""));
    }

    private static Stream<MatchResult> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results();
    }
}
