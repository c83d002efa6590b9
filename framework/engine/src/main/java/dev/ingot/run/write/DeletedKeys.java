package dev.ingot.run.write;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.Diversion;
import dev.ingot.component.KeyedOptions;
import dev.ingot.component.rows.Columns;
import dev.ingot.options.ColumnName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds the keys of a table that its source no longer has: by the source's change feed, or because a full snapshot
 * lacks them. A quarantined row changes nothing: its old state stays in the table.
 */
record DeletedKeys(CompiledPlan plan, Consumer<String> warnings) {

    /**
     * Returns these keys without duplicates; empty when they are not known.
     *
     * @param judged all rows of the batch that reached the rules
     */
    Optional<Dataset<Row>> from(TargetTable table, Dataset<Row> judged) {
        boolean snapshot = plan.plan()
                .definition()
                .keyed()
                .filter(keyed -> keyed.absent() == KeyedOptions.Absent.DELETE)
                .isPresent();
        return snapshot ? absentFrom(judged, table) : deletedBySource(table, judged);
    }

    private Optional<Dataset<Row>> deletedBySource(TargetTable table, Dataset<Row> judged) {
        return plan.deletedKeys().map(gone -> {
            String[] sourceKeys = gone.columns();
            Dataset<Row> touched = sourceKeys.length == keys().length
                    ? gone
                    : currentRows(table).join(gone, sourceKeys, "left_semi");
            Dataset<Row> left = touched.select(Columns.named(Arrays.asList(keys())))
                    .distinct()
                    .join(judged.select(Columns.named(Arrays.asList(keys()))), keys(), "left_anti");
            for (Diversion diversion : plan.diversions()) {
                left = left.join(
                        diversion.rows().select(Columns.named(Arrays.asList(sourceKeys))), sourceKeys, "left_anti");
            }
            return left;
        });
    }

    /** Returns the keys that a snapshot lacks; empty where a row was diverted before its keys were known. */
    private Optional<Dataset<Row>> absentFrom(Dataset<Row> judged, TargetTable table) {
        Dataset<Row> left = currentRows(table)
                .select(Columns.named(Arrays.asList(keys())))
                .distinct()
                .join(judged.select(Columns.named(Arrays.asList(keys()))), keys(), "left_anti");
        for (Diversion diversion : plan.diversions()) {
            List<String> columns = Arrays.asList(diversion.rows().columns());
            if (columns.containsAll(Arrays.asList(keys()))) {
                left = left.join(diversion.rows().select(Columns.named(Arrays.asList(keys()))), keys(), "left_anti");
            } else if (!diversion.rows().isEmpty()) {
                warnings.accept("Nothing was deleted from " + plan.plan().id()
                        + " in this batch: rows were diverted before their keys were known, so it is not certain"
                        + " which keys are absent.");
                return Optional.empty();
            }
        }
        return Optional.of(left);
    }

    private Dataset<Row> currentRows(TargetTable table) {
        return table.target().currentRows(table.rows(), table.options());
    }

    private String[] keys() {
        return ColumnName.names(plan.plan().definition().keys()).toArray(String[]::new);
    }
}
