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
 * The keys of a table that its source no longer has: because the source's changes say so, or because the batch is the
 * whole of it. A row that a rule holds back changes nothing: its old state stays.
 */
public record DeletedKeys(CompiledPlan plan, Consumer<String> warnings) {

    /**
     * Those keys, without repetition; empty when the source cannot tell.
     *
     * @param judged all rows of the batch that reached the rules
     */
    Optional<Dataset<Row>> from(TargetTable table, Dataset<Row> judged) {
        boolean snapshot = plan.plan()
                .definition()
                .keyed()
                .filter(keyed -> keyed.absent() == KeyedOptions.Absent.DELETE)
                .isPresent();
        return snapshot ? notIn(judged, table) : changed(table, judged);
    }

    private Optional<Dataset<Row>> changed(TargetTable table, Dataset<Row> judged) {
        return plan.gone().map(gone -> {
            String[] sourceKeys = gone.columns();
            Dataset<Row> touched =
                    sourceKeys.length == keys().length ? gone : living(table).join(gone, sourceKeys, "left_semi");
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

    /** Where a row was held back before its keys were known, nobody can tell which keys the snapshot lacks. */
    private Optional<Dataset<Row>> notIn(Dataset<Row> judged, TargetTable table) {
        Dataset<Row> left = living(table)
                .select(Columns.named(Arrays.asList(keys())))
                .distinct()
                .join(judged.select(Columns.named(Arrays.asList(keys()))), keys(), "left_anti");
        for (Diversion diversion : plan.diversions()) {
            List<String> columns = Arrays.asList(diversion.rows().columns());
            if (columns.containsAll(Arrays.asList(keys()))) {
                left = left.join(diversion.rows().select(Columns.named(Arrays.asList(keys()))), keys(), "left_anti");
            } else if (!diversion.rows().isEmpty()) {
                warnings.accept("Nothing was deleted from " + plan.plan().id()
                        + " in this batch: rows were held back before their keys were known, so it is not certain"
                        + " which keys are absent.");
                return Optional.empty();
            }
        }
        return Optional.of(left);
    }

    private Dataset<Row> living(TargetTable table) {
        return table.target().living(table.rows(), table.options());
    }

    private String[] keys() {
        return ColumnName.names(plan.plan().definition().keys()).toArray(String[]::new);
    }
}
