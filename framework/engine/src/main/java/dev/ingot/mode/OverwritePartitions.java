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
 * Replaces a part of the table in one commit: the partitions that the rows belong to, or what meets a condition. The
 * rest of the table stays as it is.
 */
@Named(
        value = "overwrite_partitions",
        summary = "Replaces in one commit the partitions that the rows belong to, or what meets a condition.",
        example = "{layer: silver, mode: overwrite_partitions, partition_by: [flight_date]}",
        traits = {Trait.REPLACES_PARTS, Trait.STAGED})
public final class OverwritePartitions implements WriteMode<OverwritePartitions.Options> {

    /** What is replaced. */
    public record Options(
            @Option(
                    description = "What is replaced, where it is not the partitions of the rows themselves; every row"
                            + " has to meet it.",
                    example = "flight_date >= '2026-01-01'")
            Optional<Expression> where,

            @Option(description = "Whether what meets 'where' may be replaced by nothing.", defaultValue = "false")
            boolean allowEmpty) {

        public Options {
            if (allowEmpty && where.isEmpty()) {
                throw new IllegalArgumentException(
                        "'allow_empty' means nothing without 'where': without rows there is no partition to replace");
            }
        }
    }

    @Override
    public Dataset<Row> changes(TargetInput incoming, Options options, WriteContext destination) {
        options.where().ifPresent(where -> refuseOutside(incoming.rows(), where, destination));
        return incoming.rows();
    }

    /** Delta replaces the whole of a table that is not parted, and other parts of one that is parted otherwise. */
    private static void refuseOtherPartitions(Dataset<Row> changes, WriteContext destination) {
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
                            + ": the table as it is has "
                            + (partitions.isEmpty() ? "none" : "those by " + String.join(", ", partitions)),
                    "Change 'partition_by' back, or rebuild the table once with --full-refresh."));
        }
    }

    private static void refuseOutside(Dataset<Row> rows, Expression where, WriteContext destination) {
        Column inside = functions.expr(destination.sql().apply(where));
        Column outside = functions.not(functions.coalesce(inside, functions.lit(false)));
        long count = rows.filter(outside).count();
        if (count > 0) {
            throw new IngotException(Diagnostic.error(
                    Code.DATA_GATE,
                    where.span(),
                    "Cannot replace what meets '" + where + "': " + count + (count == 1 ? " row does" : " rows do")
                            + " not meet it",
                    "Leave such rows out with a 'filter' step, or widen 'where'."));
        }
    }

    @Override
    public boolean mayEmpty(Options options) {
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
            refuseOtherPartitions(changes, destination);
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
