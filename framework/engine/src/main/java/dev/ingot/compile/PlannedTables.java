package dev.ingot.compile;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.model.Pipeline;
import dev.ingot.names.TableId;
import dev.ingot.options.TableName;
import dev.ingot.plan.LogicalPlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.spark.sql.types.StructType;

/** Holds the schemas and keys of tables before they are built; the schema once the pipeline has been compiled. */
public final class PlannedTables {

    private final Map<TableId, Pipeline> pipelines = new ConcurrentHashMap<>();
    private final Map<TableId, StructType> schemas = new ConcurrentHashMap<>();
    private final Function<TableId, Optional<StructType>> built;

    /**
     * Creates the tables of a plan.
     *
     * @param built looks up the columns of an existing table whose pipeline was not compiled
     */
    public PlannedTables(LogicalPlan plan, Function<TableId, Optional<StructType>> built) {
        plan.pipelines().forEach(each -> pipelines.put(each.id(), each.definition()));
        this.built = Objects.requireNonNull(built, "built");
    }

    /** Records the columns of a table. */
    public void record(TableId table, StructType schema) {
        schemas.put(table, schema);
    }

    /**
     * Returns the columns of a table.
     *
     * @throws IngotException when the pipeline of the table could not be planned
     */
    StructType columns(TableName table) {
        return find(table.id())
                .orElseThrow(() -> new IngotException(Diagnostic.error(
                        Code.PLAN_UNKNOWN_TABLE,
                        table.span(),
                        "Cannot determine the columns of " + table + ": its own pipeline has errors",
                        "Fix those first.")));
    }

    /** Returns the columns of a table, if they are known. */
    public Optional<StructType> find(TableId table) {
        if (table.isQuarantine()) {
            return Optional.of(Quarantine.SCHEMA);
        }
        return Optional.ofNullable(schemas.get(table)).or(() -> built.apply(table));
    }

    List<String> keys(TableName table) {
        return Optional.ofNullable(pipelines.get(table.id()))
                .map(Pipeline::identity)
                .orElse(List.of());
    }
}
