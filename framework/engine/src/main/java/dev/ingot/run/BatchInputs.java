package dev.ingot.run;

import dev.ingot.compile.Inputs;
import dev.ingot.component.Input;
import dev.ingot.component.PinnedTable;
import dev.ingot.component.Source;
import dev.ingot.component.SourceContext;
import dev.ingot.component.SourceRows;
import dev.ingot.delta.DeltaTables;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.model.Bound;
import dev.ingot.options.TableName;
import dev.ingot.spec.SourceWords;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a batch: exactly what its record says.
 *
 * @param tables the versions at which tables of the lake are seen, by {@code layer.table}
 */
record BatchInputs(SparkSession spark, Map<String, Input> inputs, Map<String, PinnedTable> tables) implements Inputs {

    @Override
    public SourceRows rows(String alias, Bound<SourceWords> source, Source<Record> component, SourceContext context) {
        return component.read(source.options(), inputs.get(alias), context);
    }

    @Override
    public Dataset<Row> table(TableName table, StructType planned) {
        PinnedTable pinned = pinned(table);
        return DeltaTables.at(spark, pinned.location(), pinned.version());
    }

    @Override
    public PinnedTable pinned(TableName table) {
        return Optional.ofNullable(tables.get(table.toString()))
                .orElseThrow(() -> new IngotException(Diagnostic.error(
                        Code.PLAN_UNKNOWN_TABLE,
                        table.span(),
                        "Cannot read " + table + ": it has not been built yet",
                        "Run it first, or together with this one: ingot run +" + table)));
    }
}
