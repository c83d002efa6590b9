package dev.ingot.mode;

import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.KeyText;
import dev.ingot.component.rows.LatestRow;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.options.ColumnName;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Several different rows of a batch for one key, where nothing says which of them is newer. */
final class DuplicateKeys {

    private static final int NAMED_KEYS = 20;

    private DuplicateKeys() {}

    /**
     * Lets rows pass that do not contradict each other.
     *
     * @param personal columns whose values no message shows
     * @throws IngotException naming the keys, up to 20
     */
    static void refuse(Dataset<Row> rows, List<ColumnName> keys, String mode, Set<String> personal) {
        Column[] columns = Columns.of(rows, keys);
        Column content = functions.struct(LatestRow.contentHash(rows), functions.col(RowMarkers.ACTION));
        List<Row> contradictions = rows.withColumn("__ingot_content", content)
                .groupBy(columns)
                .agg(functions.countDistinct("__ingot_content").as("__ingot_contents"))
                .filter(functions.col("__ingot_contents").gt(1))
                .select(columns)
                .orderBy(columns)
                .limit(NAMED_KEYS + 1)
                .collectAsList();
        if (!contradictions.isEmpty()) {
            String named = String.join(
                    "; ",
                    contradictions.stream()
                            .limit(NAMED_KEYS)
                            .map(key -> KeyText.of(key, personal))
                            .toList());
            String more = contradictions.size() > NAMED_KEYS ? " and more" : "";
            throw new IngotException(
                    Diagnostic.error(
                            Code.DATA_KEYS,
                            keys.get(0).span(),
                            "Cannot " + mode + " by " + String.join(", ", ColumnName.names(keys))
                                    + ": several different rows have the key " + named + more,
                            "Say with 'sequence_by' which of them is newer, or add the columns that tell them apart to 'keys'."));
        }
    }
}
