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
 * Brings tables to what their pipelines say of them.
 *
 * @param run the run that does it
 */
public record TableAlterer(LakeContext context, String run) {

    private static final Pattern BROKEN = Pattern.compile("(\\d+) rows? in .* violates? the new CHECK constraint");

    /** What would be altered in a table that exists. */
    public List<Alteration> missing(TableDefinition definition) {
        SparkSession spark = context.spark();
        String location = context.lake().table(definition.plan().id());
        return AlterationPlanner.of(
                definition,
                DeltaTables.properties(spark, location),
                DeltaTables.current(spark, location).schema());
    }

    /** Reports what of a table that exists only a rebuild can change. */
    void check(TableDefinition definition, Diagnostics diagnostics) {
        PipelinePlan plan = definition.plan();
        definition
                .generatedOtherwise(
                        DeltaTables.properties(context.spark(), context.lake().table(plan.id())))
                .ifPresent(there -> diagnostics.add(Diagnostic.error(
                        Code.PLAN_DEFINITION,
                        plan.target().span(),
                        "Cannot change how " + plan.id() + " generates columns: Delta fixes it when a table is made"
                                + (there.isEmpty() ? "" : " (" + there + ")"),
                        "Change 'generated' back, or rebuild the table with: ingot run " + plan.id()
                                + " --full-refresh")));
    }

    /**
     * Alters a table that exists.
     *
     * @throws IngotException when rows of the table break a new constraint, or this runtime cannot do what is said
     */
    public void bring(TableDefinition definition) {
        alter(definition, alteration -> true);
    }

    /** Takes away the constraints that are no longer declared so; the first half of {@link #bring}. */
    public void loosen(TableDefinition definition) {
        alter(definition, Alteration::dropsConstraint);
    }

    private void alter(TableDefinition definition, Predicate<Alteration> which) {
        SparkSession spark = context.spark();
        String location = context.lake().table(definition.plan().id());
        String note = CommitMetadata.ofAlteration(definition.plan().id(), run);
        List<Alteration> alterations =
                missing(definition).stream().filter(which).toList();
        // Before any of it is done, or an old constraint would be gone and the new one not there.
        alterations.forEach(
                alteration -> alteration.condition().ifPresent(met -> refuseBroken(definition, alteration, met)));
        alterations.forEach(alteration -> {
            try {
                DeltaTables.alter(spark, location, alteration.sql(), alteration.rest(), note);
            } catch (Exception refused) {
                throw isRefusal(refused)
                        ? refused(definition.plan(), "alter", " (" + alteration.words() + ")", refused)
                        : Failures.unchecked(refused);
            }
        });
    }

    private void refuseBroken(TableDefinition definition, Alteration alteration, String condition) {
        PipelinePlan plan = definition.plan();
        Column met = functions.coalesce(functions.expr(condition), functions.lit(false));
        long broken = DeltaTables.current(context.spark(), context.lake().table(plan.id()))
                .filter(functions.not(met))
                .count();
        if (broken > 0) {
            throw new IngotException(broken(plan, " (" + alteration.words() + ")", Long.toString(broken)));
        }
    }

    private static Diagnostic broken(PipelinePlan plan, String detail, String rows) {
        return Diagnostic.error(
                Code.DATA_CONSTRAINT,
                plan.target().span(),
                "Cannot alter " + plan.id() + detail + ": " + rows + " of its rows break it already",
                "Correct these rows first, or change the constraint; the table's rows are as they were.");
    }

    /**
     * Why Delta did not take what is said of a table.
     *
     * @param verb what was tried, "make" or "alter"
     * @param detail what exactly, in brackets; may be empty
     */
    static IngotException refused(PipelinePlan plan, String verb, String detail, Exception refused) {
        SourceSpan place = plan.target().span();
        String reason = reason(refused);
        Matcher broken = BROKEN.matcher(reason);
        Diagnostic diagnostic = broken.find()
                ? broken(plan, detail, broken.group(1))
                : Diagnostic.error(
                        Code.PLAN_DEFINITION,
                        place,
                        "Cannot " + verb + " " + plan.id() + detail + ": " + reason,
                        "Change what 'target:' says of it; the table's rows are as they were.");
        return new IngotException(diagnostic, refused);
    }

    /** Whether Delta does not take a statement, whatever storage and other writers do. */
    static boolean isRefusal(Exception failure) {
        String type = failure.getClass().getSimpleName();
        return BROKEN.matcher(String.valueOf(failure.getMessage())).find()
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
