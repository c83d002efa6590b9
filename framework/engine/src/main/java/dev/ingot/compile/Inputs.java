package dev.ingot.compile;

import dev.ingot.component.Source;
import dev.ingot.component.SourceContext;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.component.input.SourceRows;
import dev.ingot.definition.SourceSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.model.Bound;
import dev.ingot.options.TableName;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Provides the rows for a compilation: empty ones for a check, those of a batch for a run. */
public interface Inputs {

    /** Returns the rows of one of a pipeline's sources. */
    SourceRows rows(String alias, Bound<SourceSettings> source, Source<Record> component, SourceContext context);

    /** Returns the rows of a table that a rule reads. */
    Dataset<Row> table(TableName table, StructType planned);

    /** Returns a table of the lake at the version that this run reads; empty when it has not been built yet. */
    Optional<PinnedTable> find(TableName table);

    /** Returns the error for a table that has not been built yet. */
    static IngotException notBuiltError(TableName table) {
        return new IngotException(Diagnostic.error(
                Code.PLAN_UNKNOWN_TABLE,
                table.span(),
                "Cannot read " + table + ": it has not been built yet",
                "Run it first, or together with this one: ingot run +" + table));
    }
}
