package dev.ingot.run.schema;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import dev.ingot.options.OptionValues;
import dev.ingot.options.SqlText;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reports the schema changes that the target's policy does not allow, and the pipelines that would be affected. */
public final class SchemaCheck {

    private SchemaCheck() {}

    public static void check(LogicalPlan all, PipelinePlan plan, SchemaChange change, Diagnostics diagnostics) {
        List<String> unaddable = unaddable(plan, change);
        if (!unaddable.isEmpty()) {
            diagnostics.add(Diagnostic.error(
                    Code.PLAN_SCHEMA,
                    plan.target().span(),
                    "Cannot add " + String.join(", ", unaddable) + " to " + plan.id()
                            + ": the existing rows would have no value, and the contract makes the column required,"
                            + " generated or an identity",
                    "Make it nullable ('nullable: true', neither 'generated' nor 'identity'), or rebuild the table"
                            + " with: ingot run " + plan.id()
                            + " --full-refresh; an identity column needs a table of another"
                            + " name."));
        }
        String readers = affectedReaders(all, plan, change.breakingColumns());
        for (String refused : change.refused(plan.target().settings().onSchemaChange())) {
            diagnostics.add(Diagnostic.error(
                    Code.PLAN_SCHEMA,
                    plan.target().span(),
                    "Cannot write " + plan.id() + ": the table " + refused + readers,
                    "If the files changed, declare their columns with 'schema:' under 'files:'; if the change is"
                            + " intended, 'on_schema_change: add' accepts new columns and 'widen' wider types;"
                            + " otherwise revert the pipeline, or rebuild the table and those made from it with: ingot run "
                            + plan.id() + "+ --full-refresh"));
        }
    }

    /** Returns the new columns that existing rows cannot get: generated, identity and required ones. */
    private static List<String> unaddable(PipelinePlan plan, SchemaChange change) {
        return plan.target().settings().columns().stream()
                .filter(column -> column.generated().isPresent() || column.identity() || !column.nullable())
                .map(column -> column.name().name())
                .filter(name -> change.added().stream()
                        .anyMatch(added -> added.toString().equalsIgnoreCase(name)))
                .toList();
    }

    /** Names the pipelines that read the table, with the breaking columns that they use. */
    private static String affectedReaders(LogicalPlan all, PipelinePlan plan, List<String> breaking) {
        String named = all.pipelines().stream()
                .filter(reader -> reader.tables().contains(plan.id()))
                .map(reader -> reader.id() + usedColumns(reader, breaking))
                .collect(Collectors.joining(", "));
        return named.isEmpty() || breaking.isEmpty() ? "" : "; it is read by " + named;
    }

    private static String usedColumns(PipelinePlan reader, List<String> breaking) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Stream.of(
                        reader.definition().steps().stream(),
                        reader.definition().checks().stream(),
                        Stream.of(reader.target()))
                .flatMap(parts -> parts)
                .forEach(part -> {
                    names.addAll(ColumnName.names(OptionValues.of(part.options(), ColumnName.class)));
                    OptionValues.of(part.options(), Expression.class)
                            .forEach(expression -> SqlText.tokens(expression.text())
                                    .forEach(token -> names.add(token.text().replace("`", ""))));
                });
        List<String> used = breaking.stream().filter(names::contains).toList();
        return used.isEmpty() ? "" : " (which names " + String.join(", ", used) + ")";
    }
}
