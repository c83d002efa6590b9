package dev.ingot.run.schema;

import dev.ingot.delta.DeltaTables;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.failure.Failures;
import dev.ingot.state.CommitMetadata;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Alters the metadata of tables to match the definitions of their pipelines.
 *
 * @param run the run that is recorded as the author of the commits
 */
public record TableAlterer(LakeContext context, String run) {

    private static final Pattern VIOLATED = Pattern.compile("(\\d+) rows? in .* violates? the new CHECK constraint");

    /** Returns the alterations that an existing table needs. */
    public List<Alteration> alterations(TableDefinition definition) {
        SparkSession spark = context.spark();
        String location = context.lake().table(definition.plan().id());
        return AlterationPlanner.of(
                definition,
                DeltaTables.properties(spark, location),
                DeltaTables.current(spark, location).schema());
    }

    /** Reports differences between an existing table and its definition that only a rebuild can remove. */
    void check(TableDefinition definition, Diagnostics diagnostics) {
        PipelinePlan plan = definition.plan();
        definition
                .differentGeneration(
                        DeltaTables.properties(context.spark(), context.lake().table(plan.id())))
                .ifPresent(current -> diagnostics.add(Diagnostic.error(
                        Code.PLAN_DEFINITION,
                        plan.target().span(),
                        "Cannot change the generated columns of " + plan.id()
                                + ": Delta sets them only when a table is created"
                                + (current.isEmpty() ? "" : " (" + current + ")"),
                        "Revert 'generated', or rebuild the table with: ingot run " + plan.id() + " --full-refresh")));
    }

    /**
     * Alters an existing table to match its definition.
     *
     * @throws IngotException when rows of the table violate a new constraint, or this runtime does not support a
     *     statement
     */
    public void apply(TableDefinition definition) {
        alter(definition, alteration -> true);
    }

    /** Drops the constraints that are no longer declared; the first half of {@link #apply}. */
    public void dropConstraints(TableDefinition definition) {
        alter(definition, Alteration::dropsConstraint);
    }

    private void alter(TableDefinition definition, Predicate<Alteration> which) {
        SparkSession spark = context.spark();
        String location = context.lake().table(definition.plan().id());
        String note = CommitMetadata.ofAlteration(definition.plan().id(), run);
        List<Alteration> alterations =
                alterations(definition).stream().filter(which).toList();
        // Checked before the first statement, or an old constraint could be dropped without its replacement.
        alterations.forEach(alteration ->
                alteration.condition().ifPresent(satisfied -> refuseViolations(definition, alteration, satisfied)));
        alterations.forEach(alteration -> {
            try {
                DeltaTables.alter(spark, location, alteration.sql(), alteration.rest(), note);
            } catch (Exception refused) {
                throw isRefusal(refused)
                        ? refused(definition.plan(), "alter", " (" + alteration.summary() + ")", refused)
                        : Failures.unchecked(refused);
            }
        });
    }

    private void refuseViolations(TableDefinition definition, Alteration alteration, String condition) {
        PipelinePlan plan = definition.plan();
        Column satisfied = functions.coalesce(functions.expr(condition), functions.lit(false));
        long violating = DeltaTables.current(context.spark(), context.lake().table(plan.id()))
                .filter(functions.not(satisfied))
                .count();
        if (violating > 0) {
            throw new IngotException(violation(plan, " (" + alteration.summary() + ")", Long.toString(violating)));
        }
    }

    private static Diagnostic violation(PipelinePlan plan, String detail, String rows) {
        return Diagnostic.error(
                Code.DATA_CONSTRAINT,
                plan.target().span(),
                "Cannot alter " + plan.id() + detail + ": " + rows + " of its rows violate it already",
                "Correct these rows first, or change the constraint; the table's rows are unchanged.");
    }

    /**
     * Explains why Delta refused a definition.
     *
     * @param verb the operation, "create" or "alter"
     * @param detail the alteration, in brackets; may be empty
     */
    static IngotException refused(PipelinePlan plan, String verb, String detail, Exception refused) {
        SourceSpan place = plan.target().span();
        String reason = reason(refused);
        Matcher violated = VIOLATED.matcher(reason);
        Diagnostic diagnostic = violated.find()
                ? violation(plan, detail, violated.group(1))
                : Diagnostic.error(
                        Code.PLAN_DEFINITION,
                        place,
                        "Cannot " + verb + " " + plan.id() + detail + ": " + reason,
                        "Change the settings under 'target:'; the table's rows are unchanged.");
        return new IngotException(diagnostic, refused);
    }

    /** Returns whether Delta rejected a statement itself, without a failure of storage or a conflicting writer. */
    static boolean isRefusal(Exception failure) {
        String type = failure.getClass().getSimpleName();
        return VIOLATED.matcher(String.valueOf(failure.getMessage())).find()
                || type.contains("Analysis")
                || type.contains("Parse")
                || type.contains("IllegalArgument")
                || type.contains("UnsupportedOperation");
    }

    private static String reason(Exception refused) {
        String message = String.valueOf(refused.getMessage());
        if (message.contains("PARSE_SYNTAX_ERROR")) {
            return "this runtime's Delta does not know the statement; liquid clustering needs Delta 3.1 or newer";
        }
        return message.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("")
                .replaceAll("^\\[[A-Z_.0-9]+\\] ", "");
    }
}
