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

/** Rejects a batch with several different rows of one key and no sequence to choose between them. */
final class DuplicateKeys {

    private static final int MAX_KEYS = 20;

    private DuplicateKeys() {}

    /**
     * Fails if a key has rows with different content; exact duplicates pass.
     *
     * @param mode what the write mode does by key, as a verb for the message
     * @param personal columns whose values are never shown in a message
     * @throws IngotException that names up to 20 of the keys
     */
    static void reject(Dataset<Row> rows, List<ColumnName> keys, String mode, Set<String> personal) {
        Column[] columns = Columns.of(rows, keys);
        Column content = functions.struct(LatestRow.contentHash(rows), functions.col(RowMarkers.ACTION));
        List<Row> contradictions = rows.withColumn("__ingot_content", content)
                .groupBy(columns)
                .agg(functions.countDistinct("__ingot_content").as("__ingot_contents"))
                .filter(functions.col("__ingot_contents").gt(1))
                .select(columns)
                .orderBy(columns)
                .limit(MAX_KEYS + 1)
                .collectAsList();
        if (!contradictions.isEmpty()) {
            String named = String.join(
                    "; ",
                    contradictions.stream()
                            .limit(MAX_KEYS)
                            .map(key -> KeyText.of(key, personal))
                            .toList());
            String more = contradictions.size() > MAX_KEYS ? " and more" : "";
            throw new IngotException(Diagnostic.error(
                    Code.DATA_KEYS,
                    keys.get(0).span(),
                    "Cannot " + mode + " by " + String.join(", ", ColumnName.names(keys))
                            + ": several different rows have the key " + named + more,
                    "Order them with 'sequence_by', or add the columns that distinguish them to 'keys'."));
        }
    }
}
