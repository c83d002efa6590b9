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

/** Reports what of a change of columns the target's policy does not allow, and who would feel it. */
public final class SchemaCheck {

    private SchemaCheck() {}

    public static void check(LogicalPlan all, PipelinePlan plan, SchemaChange change, Diagnostics diagnostics) {
        List<String> unaddable = unaddable(plan, change);
        if (!unaddable.isEmpty()) {
            diagnostics.add(Diagnostic.error(
                    Code.PLAN_SCHEMA,
                    plan.target().span(),
                    "Cannot add " + String.join(", ", unaddable) + " to " + plan.id()
                            + ": the rows that are there would have no value, and the contract says that none may lack"
                            + " it, or that Delta makes it",
                    "Let it be null ('nullable: true', neither 'generated' nor 'identity'), or rebuild the table with:"
                            + " ingot run " + plan.id()
                            + " --full-refresh; one that Delta counts needs a table of another"
                            + " name."));
        }
        String readers = readers(all, plan, change.felt());
        for (String refused : change.refused(plan.target().settings().onSchemaChange())) {
            diagnostics.add(Diagnostic.error(
                    Code.PLAN_SCHEMA,
                    plan.target().span(),
                    "Cannot write " + plan.id() + " as it is: the table " + refused + readers,
                    "If it was the delivery that changed, declare its columns with 'schema:' under 'files:'; if it was"
                            + " meant, 'on_schema_change: add' takes new columns in and 'widen' wider types; otherwise"
                            + " change the pipeline back, or rebuild the table and those made of it with: ingot run "
                            + plan.id() + "+ --full-refresh"));
        }
    }

    /** New columns that Delta makes, or that no row may lack, cannot come to rows that are there. */
    private static List<String> unaddable(PipelinePlan plan, SchemaChange change) {
        return plan.target().settings().columns().stream()
                .filter(column -> column.generated().isPresent() || column.identity() || !column.nullable())
                .map(column -> column.name().name())
                .filter(name -> change.added().stream()
                        .anyMatch(added -> added.toString().equalsIgnoreCase(name)))
                .toList();
    }

    /** The pipelines that read the table, with the columns of it that they name. */
    private static String readers(LogicalPlan all, PipelinePlan plan, List<String> felt) {
        String named = all.pipelines().stream()
                .filter(reader -> reader.tables().contains(plan.id()))
                .map(reader -> reader.id() + named(reader, felt))
                .collect(Collectors.joining(", "));
        return named.isEmpty() || felt.isEmpty() ? "" : "; it is read by " + named;
    }

    private static String named(PipelinePlan reader, List<String> felt) {
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
        List<String> used = felt.stream().filter(names::contains).toList();
        return used.isEmpty() ? "" : " (which names " + String.join(", ", used) + ")";
    }
}
