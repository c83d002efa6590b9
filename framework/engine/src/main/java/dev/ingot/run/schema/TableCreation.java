package dev.ingot.run.schema;

import dev.ingot.delta.DeltaTables;
import dev.ingot.options.ColumnName;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.failure.Failures;
import org.apache.spark.sql.types.StructType;

/** Creates a pipeline's table, by a commit of its own without rows, as the pipeline says it should be. */
public final class TableCreation {

    private TableCreation() {}

    /**
     * Creates the table, unless it is there.
     *
     * @throws dev.ingot.diagnostics.IngotException when Delta does not take what the pipeline says of it
     */
    public static void create(TableAlterer definitions, PipelinePlan plan, StructType schema) {
        TableDefinition definition = new TableDefinition(plan);
        try {
            DeltaTables.create(
                    definitions.context().spark(),
                    definitions.context().lake().table(plan.id()),
                    schema,
                    ColumnName.names(plan.target().settings().partitionBy()),
                    definition.initialProperties(),
                    definition.description().orElse(""));
        } catch (Exception refused) {
            throw TableAlterer.isRefusal(refused)
                    ? TableAlterer.refused(plan, "make", "", refused)
                    : Failures.unchecked(refused);
        }
        definitions.bring(definition);
    }
}
