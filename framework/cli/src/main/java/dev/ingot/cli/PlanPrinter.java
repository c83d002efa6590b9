package dev.ingot.cli;

import dev.ingot.component.input.ReadMode;
import dev.ingot.model.Bound;
import dev.ingot.model.RuleName;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.inspect.RunPreview;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints source a run would do: a paragraph for each table, or a line of JSON. */
record PlanPrinter(PrintWriter out) {

    void print(LogicalPlan plan, List<RunPreview.Line> lines, OutputFormat format) {
        if (format == OutputFormat.JSON) {
            List<Map<String, Object>> rows = new ArrayList<>();
            lines.forEach(line -> rows.add(row(line)));
            ResultTable.of(rows).print(format, out);
            return;
        }
        int number = 1;
        for (RunPreview.Line line : lines) {
            print(number++, line);
        }
        out.println(NumberText.count(lines.size(), "table") + ", environment "
                + plan.project().environment() + ", lake " + plan.project().lake());
        out.flush();
    }

    private void print(int number, RunPreview.Line line) {
        PipelinePlan plan = line.plan();
        out.println(number + ". " + plan.id() + "  " + line.action());
        plan.reads().forEach((alias, mode) -> {
            String source = PipelinePlan.tableOf(plan.definition().sources().get(alias))
                    .map(Object::toString)
                    .orElse(plan.definition().sources().get(alias).component().name());
            String available =
                    line.inputs().containsKey(alias) ? ": " + line.inputs().get(alias) : "";
            out.println(
                    "     reads   " + source + (mode == ReadMode.NEW ? ", incrementally" : ", in full") + available);
        });
        if (!plan.definition().steps().isEmpty()) {
            out.println("     steps   "
                    + plan.definition().steps().stream()
                            .map(step -> step.component().name())
                            .collect(Collectors.joining(" > ")));
        }
        if (!plan.definition().checks().isEmpty()) {
            out.println("     checks  "
                    + plan.definition().checks().stream().map(RuleName::of).collect(Collectors.joining(", ")));
        }
        out.println("     writes  "
                + (plan.isView()
                        ? "nothing: it is a view, evaluated at the table versions that a run pins"
                        : plan.target().component().name() + keys(plan) + "; "
                                + plan.route().meaning()));
        out.println("     columns " + columns(line));
        if (!line.changes().isEmpty()) {
            out.println("     table   " + String.join("; ", line.changes()));
        }
        out.println();
    }

    private static String keys(PipelinePlan plan) {
        List<String> keys =
                plan.definition().keys().stream().map(Object::toString).toList();
        return keys.isEmpty() ? "" : " by " + String.join(", ", keys);
    }

    private static String columns(RunPreview.Line line) {
        return Arrays.stream(line.columns().fields())
                .map(field -> field.name() + " " + shortened(field.dataType().simpleString()))
                .collect(Collectors.joining(", "));
    }

    private static String shortened(String type) {
        return type.length() > 40 ? type.substring(0, type.indexOf('<') + 1) + "...>" : type;
    }

    private static Map<String, Object> row(RunPreview.Line line) {
        Map<String, Object> row = new LinkedHashMap<>();
        PipelinePlan plan = line.plan();
        row.put("table", plan.id().toString());
        row.put("action", line.action());
        row.put("inputs", line.inputs());
        row.put("depends_on", plan.dependsOn().stream().map(Object::toString).toList());
        row.put(
                "steps",
                plan.definition().steps().stream()
                        .map(Bound::component)
                        .map(c -> c.name())
                        .toList());
        row.put("mode", plan.target().component().name());
        row.put("keys", plan.definition().keys().stream().map(Object::toString).toList());
        row.put("route", plan.route().name().toLowerCase(Locale.ROOT));
        Map<String, String> columns = new LinkedHashMap<>();
        Arrays.stream(line.columns().fields())
                .forEach(field -> columns.put(field.name(), field.dataType().catalogString()));
        row.put("columns", columns);
        row.put("changes", line.changes());
        return row;
    }
}
