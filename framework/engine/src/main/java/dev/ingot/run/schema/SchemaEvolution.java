package dev.ingot.run.schema;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.Contract;
import dev.ingot.component.rows.SchemaProjection;
import dev.ingot.delta.DeltaTables;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.failure.Failures;
import dev.ingot.state.CommitMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Evolves the schema of a table to that of a batch: adds columns, widens types, and refuses a rebuild that Delta could not
 * carry out.
 *
 * @param change how the table's columns differ from those of the batch
 */
public record SchemaEvolution(LakeContext context, CompiledPlan plan, SchemaChange change) {

    public SchemaEvolution {
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(change, "change");
    }

    /** Compares a batch with the current columns of its table. */
    public static SchemaEvolution of(LakeContext context, CompiledPlan plan) {
        String location = context.lake().table(plan.plan().id());
        StructType current = DeltaTables.current(context.spark(), location).schema();
        return new SchemaEvolution(context, plan, SchemaChange.between(current, plan.schema()));
    }

    /**
     * Adds the columns that the table lacks and widens its types, in commits of their own that change no value.
     *
     * @param run the run that is recorded as the author of the commits
     */
    public void apply(String[] partitions, String run) {
        if (!change.added().isEmpty()) {
            DeltaTables.addColumns(
                    context.spark(),
                    location(),
                    change.added().stream().map(SchemaChange.Added::ddl).toList(),
                    CommitMetadata.ofAlteration(pipeline().id(), run));
        }
        if (!change.widened().isEmpty()) {
            DeltaTables.widen(widened(), partitions, location());
        }
    }

    /**
     * Checks a rebuild before it is committed, because Delta would check the new constraints only afterwards.
     *
     * @throws IngotException when a row violates a declared constraint, or an identity column would lose its counter
     */
    public void checkRebuild(Dataset<Row> rows, TableDefinition definition) {
        StructType current = current().schema();
        if (!identityColumns().isEmpty()
                && !SchemaChange.between(current, plan.schema()).equals(SchemaChange.none(current))) {
            throw new IngotException(Diagnostic.error(
                    Code.PLAN_DEFINITION,
                    pipeline().target().span(),
                    "Cannot rebuild " + pipeline().id()
                            + " with other columns: Delta continues an identity column only while the table's columns"
                            + " stay the same",
                    "Give the pipeline another name, or remove 'identity' from the contract."));
        }
        definition.declaredConstraints().forEach((name, condition) -> {
            Column satisfied = functions.coalesce(functions.expr(condition), functions.lit(false));
            if (!rows.filter(functions.not(satisfied)).isEmpty()) {
                throw new IngotException(Failures.constraintViolation(
                        name + " (" + condition + ")", pipeline().target().span()));
            }
        });
    }

    /** Returns the columns whose values Delta assigns. */
    public List<String> identityColumns() {
        return Arrays.stream(plan.schema().fieldNames())
                .filter(name -> pipeline().target().settings().columns().stream()
                        .anyMatch(column ->
                                column.identity() && column.name().name().equalsIgnoreCase(name)))
                .toList();
    }

    /** Returns the table's rows with their new types, with the metadata of generated columns that Delta hides. */
    private Dataset<Row> widened() {
        Dataset<Row> rows = SchemaProjection.of(current(), change.merged());
        for (StructField field : plan.schema().fields()) {
            if (field.metadata().contains(Contract.GENERATION)) {
                rows = rows.withMetadata(field.name(), field.metadata());
            }
        }
        return rows;
    }

    private Dataset<Row> current() {
        return DeltaTables.current(context.spark(), location());
    }

    private String location() {
        return context.lake().table(pipeline().id());
    }

    private PipelinePlan pipeline() {
        return plan.plan();
    }
}
