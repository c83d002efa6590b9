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

/** What is known of every table before it is built: its columns, once its pipeline was compiled, and its keys. */
public final class PlannedTables {

    private final Map<TableId, Pipeline> pipelines = new ConcurrentHashMap<>();
    private final Map<TableId, StructType> schemas = new ConcurrentHashMap<>();
    private final Function<TableId, Optional<StructType>> built;

    /**
     * Tables of a plan.
     *
     * @param built the columns of a table that exists, asked for when its pipeline was not compiled
     */
    public PlannedTables(LogicalPlan plan, Function<TableId, Optional<StructType>> built) {
        plan.pipelines().forEach(each -> pipelines.put(each.id(), each.definition()));
        this.built = Objects.requireNonNull(built, "built");
    }

    /** Remembers the columns of a table. */
    public void planned(TableId table, StructType schema) {
        schemas.put(table, schema);
    }

    /**
     * The columns of a table.
     *
     * @throws IngotException when its own pipeline could not be planned, so that they are not known
     */
    StructType columns(TableName table) {
        return find(table.id())
                .orElseThrow(() -> new IngotException(Diagnostic.error(
                        Code.PLAN_UNKNOWN_TABLE,
                        table.span(),
                        "Cannot tell the columns of " + table + ": its own pipeline has mistakes",
                        "Mend those first.")));
    }

    /** The columns of a table, if they are known. */
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
