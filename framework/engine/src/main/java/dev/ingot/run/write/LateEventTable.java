package dev.ingot.run.write;

import dev.ingot.compile.Quarantine;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.component.rows.SchemaProjection;
import dev.ingot.component.rows.TechnicalColumns;
import dev.ingot.delta.DeltaTables;
import dev.ingot.state.BatchRecord;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Stores the events that a late one may have to be compared with and that the pipeline's table does not show:
 * deletions (tombstones), and states that made no row of their own. The table is at {@code _ingot/events/<table>} of the
 * lake. An event counts for the allowed lateness after the start of the run that wrote it; {@code maintain} deletes older
 * ones.
 */
public record LateEventTable(AuxiliaryTable table, Duration allowedLateness) {

    private static final String EVENT = "event";
    private static final String ACTION = "action";
    private static final String KEPT_AT = "_kept_at";

    /** Writes events of a batch. */
    void write(Dataset<Row> events, BatchRecord batch) {
        Column[] columns = Arrays.stream(events.columns())
                .filter(name -> !RowMarkers.isMarker(name))
                .map(Columns::named)
                .toArray(Column[]::new);
        table.write(
                events.select(
                        functions.struct(columns).as(EVENT),
                        functions.col(RowMarkers.ACTION).as(ACTION),
                        functions
                                .lit(Timestamp.from(batch.runValues().startedAt()))
                                .as(KEPT_AT),
                        functions.lit(batch.run()).as(TechnicalColumns.RUN_ID),
                        functions.lit(batch.number()).as(Quarantine.BATCH)),
                batch);
    }

    /** Deletes the events that are older than the allowed lateness. */
    public void deleteExpired(Instant now) {
        if (table.exists()) {
            table.delete(functions.col(KEPT_AT).lt(functions.lit(Timestamp.from(now.minus(allowedLateness)))));
        }
    }

    /**
     * Returns the stored events within the allowed lateness when a batch begins; empty when the table does not exist.
     *
     * @param like rows with the columns that the events should have
     */
    Optional<Dataset<Row>> events(Dataset<Row> like, BatchRecord batch) {
        if (!table.exists()) {
            return Optional.empty();
        }
        Timestamp oldest = Timestamp.from(batch.runValues().startedAt().minus(allowedLateness));
        Dataset<Row> stored = DeltaTables.current(table.spark(), table.location())
                .filter(functions.col(KEPT_AT).geq(functions.lit(oldest)));
        StructType wanted = new StructType(Arrays.stream(like.schema().fields())
                        .filter(field -> !RowMarkers.isMarker(field.name()))
                        .toArray(StructField[]::new))
                .add(RowMarkers.ACTION, DataTypes.StringType);
        Dataset<Row> events =
                stored.select(functions.col(EVENT + ".*"), functions.col(ACTION).as(RowMarkers.ACTION));
        return Optional.of(
                SchemaProjection.of(events, wanted).select(Columns.named(Arrays.asList(wanted.fieldNames()))));
    }
}
