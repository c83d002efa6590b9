package dev.ingot.mode;

import dev.ingot.component.BatchCommit;
import dev.ingot.component.Named;
import dev.ingot.component.TargetInput;
import dev.ingot.component.Trait;
import dev.ingot.component.WriteContext;
import dev.ingot.component.WriteMode;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import io.delta.tables.DeltaTable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Replaces a part of the table in one commit: the partitions of the batch's rows, or the rows that meet a condition.
 * The rest of the table is not changed.
 */
@Named(
        value = "overwrite_partitions",
        summary = "Replaces in one commit the partitions of the batch's rows, or the rows that meet a condition.",
        example = "{layer: silver, mode: overwrite_partitions, partition_by: [flight_date]}",
        traits = {Trait.REPLACES_PARTS, Trait.STAGED})
public final class OverwritePartitions implements WriteMode<OverwritePartitions.Options> {

    /** The part of the table to replace. */
    public record Options(
            @Option(
                    description = "The condition of the rows to replace, instead of the partitions of the batch; every"
                            + " row of the batch must meet it.",
                    example = "flight_date >= '2026-01-01'")
            Optional<Expression> where,

            @Option(
                    description = "Whether a batch without rows may delete all rows that meet 'where'.",
                    defaultValue = "false")
            boolean allowEmpty) {

        public Options {
            if (allowEmpty && where.isEmpty()) {
                throw new IllegalArgumentException(
                        "'allow_empty' has no effect without 'where': without rows there is no partition to replace");
            }
        }
    }

    @Override
    public Dataset<Row> changes(TargetInput incoming, Options options, WriteContext destination) {
        options.where().ifPresent(where -> rejectRowsOutside(incoming.rows(), where, destination));
        return incoming.rows();
    }

    /** Fails if the table has other partition columns: Delta would replace other rows, or even the whole table. */
    private static void rejectOtherPartitioning(Dataset<Row> changes, WriteContext destination) {
        List<String> partitions = DeltaTable.forPath(changes.sparkSession(), destination.location())
                .detail()
                .select("partitionColumns")
                .first()
                .getList(0);
        if (!partitions.equals(destination.partitions())) {
            throw new IngotException(Diagnostic.error(
                    Code.PLAN_SCHEMA,
                    SourceSpan.of(destination.location()),
                    "Cannot replace partitions by " + String.join(", ", destination.partitions())
                            + ": the existing table is "
                            + (partitions.isEmpty()
                                    ? "not partitioned"
                                    : "partitioned by " + String.join(", ", partitions)),
                    "Change 'partition_by' back, or rebuild the table once with --full-refresh."));
        }
    }

    private static void rejectRowsOutside(Dataset<Row> rows, Expression where, WriteContext destination) {
        Column inside = functions.expr(destination.sql().apply(where));
        Column outside = functions.not(functions.coalesce(inside, functions.lit(false)));
        long count = rows.filter(outside).count();
        if (count > 0) {
            throw new IngotException(Diagnostic.error(
                    Code.DATA_GATE,
                    where.span(),
                    "Cannot replace the rows that meet '" + where + "': " + count
                            + (count == 1 ? " row of the batch does" : " rows of the batch do") + " not meet it",
                    "Drop such rows with a 'filter' step, or widen 'where'."));
        }
    }

    @Override
    public boolean allowsEmpty(Options options) {
        return options.where().isEmpty() || options.allowEmpty();
    }

    @Override
    public Dataset<Row> after(Dataset<Row> changes, Dataset<Row> current, Options options, WriteContext destination) {
        Dataset<Row> rows = changes.drop(RowMarkers.ACTION);
        Dataset<Row> kept = options.where()
                .map(where -> current.filter(functions.not(
                        functions.coalesce(functions.expr(destination.sql().apply(where)), functions.lit(false)))))
                .orElseGet(() -> otherPartitions(rows, current, destination));
        return kept.unionByName(rows);
    }

    private static Dataset<Row> otherPartitions(Dataset<Row> rows, Dataset<Row> current, WriteContext destination) {
        Column[] columns = Columns.named(destination.partitions());
        Column same = destination.partitions().stream()
                .map(name -> SequenceOrder.of(SequenceOrder.TARGET, name)
                        .eqNullSafe(SequenceOrder.of(SequenceOrder.SOURCE, name)))
                .reduce(Column::and)
                .orElseThrow();
        return current.as(SequenceOrder.TARGET)
                .join(rows.select(columns).distinct().as(SequenceOrder.SOURCE), same, "left_anti");
    }

    @Override
    public void write(Dataset<Row> changes, Options options, WriteContext destination, BatchCommit commit) {
        if (options.where().isEmpty()) {
            rejectOtherPartitioning(changes, destination);
        }
        DataFrameWriter<Row> writer = changes.drop(RowMarkers.ACTION)
                .write()
                .format("delta")
                .mode("overwrite")
                .options(commit.writerOptions());
        options.where()
                .map(where -> writer.option("replaceWhere", destination.sql().apply(where)))
                .orElseGet(() -> writer.option("partitionOverwriteMode", "dynamic"))
                .save(destination.location());
    }
}
