package dev.ingot.run.schema;

import dev.ingot.delta.DeltaTables;
import dev.ingot.options.ColumnName;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.failure.Failures;
import org.apache.spark.sql.types.StructType;

/** Creates a pipeline's table as the pipeline defines it, by a commit of its own without rows. */
public final class TableCreation {

    private TableCreation() {}

    /**
     * Creates the table unless it exists.
     *
     * @throws dev.ingot.diagnostics.IngotException when Delta refuses the definition
     */
    public static void create(TableAlterer alterer, PipelinePlan plan, StructType schema) {
        TableDefinition definition = new TableDefinition(plan);
        try {
            DeltaTables.create(
                    alterer.context().spark(),
                    alterer.context().lake().table(plan.id()),
                    schema,
                    ColumnName.names(plan.target().settings().partitionBy()),
                    definition.initialProperties(),
                    definition.description().orElse(""));
        } catch (Exception refused) {
            throw TableAlterer.isRefusal(refused)
                    ? TableAlterer.refused(plan, "create", "", refused)
                    : Failures.unchecked(refused);
        }
        alterer.apply(definition);
    }
}
