package dev.ingot.run;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.Diversion;
import dev.ingot.component.Columns;
import dev.ingot.options.ColumnName;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a table that no row of its source stands behind any more. What the changed rows of the source make now is
 * all that the table holds of them; the rest goes. A row that a rule holds back changes nothing: its old state stays.
 */
record Disappeared(CompiledPlan plan) {

    /**
     * The keys of those rows; empty when the source tells of nothing that disappeared.
     *
     * @param table the table as it is, asked for only when several of its rows may stem from one of the source
     * @param judged all rows of the batch that reached the rules
     */
    Optional<Dataset<Row>> from(Supplier<Dataset<Row>> table, Dataset<Row> judged) {
        return plan.gone().map(gone -> {
            String[] sourceKeys = gone.columns();
            String[] keys = ColumnName.names(plan.plan().pipeline().keys()).toArray(String[]::new);
            Dataset<Row> touched =
                    sourceKeys.length == keys.length ? gone : table.get().join(gone, sourceKeys, "left_semi");
            Dataset<Row> left = touched.select(columns(keys)).join(judged.select(columns(keys)), keys, "left_anti");
            for (Diversion diversion : plan.diversions()) {
                left = left.join(diversion.rows().select(columns(sourceKeys)), sourceKeys, "left_anti");
            }
            return left;
        });
    }

    private static Column[] columns(String[] names) {
        return Arrays.stream(names).map(Columns::named).toArray(Column[]::new);
    }
}
