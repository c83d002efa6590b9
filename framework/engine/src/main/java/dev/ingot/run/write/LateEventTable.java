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
 * The events that a late one may have to be compared with and that the table itself does not show: deletions, and states
 * that made no row of their own. They are kept as long as events may be late.
 */
public record LateEventTable(AuxiliaryTable companion, Duration allowedLateness) {

    private static final String EVENT = "event";
    private static final String ACTION = "action";
    private static final String KEPT_AT = "_kept_at";

    /** Keeps events of a batch. */
    void keep(Dataset<Row> events, BatchRecord batch) {
        Column[] columns = Arrays.stream(events.columns())
                .filter(name -> !RowMarkers.is(name))
                .map(Columns::named)
                .toArray(Column[]::new);
        companion.keep(
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

    /** Lets go of what is too old at a moment. */
    public void forget(Instant now) {
        if (companion.exists()) {
            companion.delete(functions.col(KEPT_AT).lt(functions.lit(Timestamp.from(now.minus(allowedLateness)))));
        }
    }

    /**
     * What is remembered, as far as events may still come late when a batch begins; empty when nothing ever was.
     *
     * @param like rows with the columns that the events are to have
     */
    Optional<Dataset<Row>> events(Dataset<Row> like, BatchRecord batch) {
        if (!companion.exists()) {
            return Optional.empty();
        }
        Timestamp oldest = Timestamp.from(batch.runValues().startedAt().minus(allowedLateness));
        Dataset<Row> kept = DeltaTables.current(companion.spark(), companion.location())
                .filter(functions.col(KEPT_AT).geq(functions.lit(oldest)));
        StructType wanted = new StructType(Arrays.stream(like.schema().fields())
                        .filter(field -> !RowMarkers.is(field.name()))
                        .toArray(StructField[]::new))
                .add(RowMarkers.ACTION, DataTypes.StringType);
        Dataset<Row> events =
                kept.select(functions.col(EVENT + ".*"), functions.col(ACTION).as(RowMarkers.ACTION));
        return Optional.of(
                SchemaProjection.of(events, wanted).select(Columns.named(Arrays.asList(wanted.fieldNames()))));
    }
}
