package dev.ingot.mode;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.ingot.component.TargetInput;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.LatestRow;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.component.rows.RowMarkers.Action;
import dev.ingot.options.ColumnName;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

/**
 * Recomputes the history of a batch's keys from all their known events: the states in the table, the remembered events
 * and the events of the batch. The difference from the table is the change to write.
 */
final class Scd2History {

    private static final String AT = "__ingot_at";
    private static final String ORIGIN = "__ingot_origin";
    private static final String TRACKED = "__ingot_tracked";
    private static final String CONTENT = "__ingot_content";
    private static final String BEGINS = "__ingot_begins";
    private static final String STATE = "__ingot_state";
    private static final String NEXT = "__ingot_next";
    private static final String RANK = "__ingot_rank";

    /** The origins of an event; a greater value means that its content is more reliable. */
    private static final int FROM_TABLE = 0;

    private static final int REMEMBERED = 1;
    private static final int FROM_BATCH = 2;

    private final Scd2.Options options;
    private final TargetInput incoming;
    private final String[] keys;
    private final String[] content;
    private final DataType timeType;
    private final Dataset<Row> batch;
    private final Dataset<Row> states;

    Scd2History(Scd2.Options options, TargetInput incoming) {
        this.options = options;
        this.incoming = incoming;
        this.keys = ColumnName.names(options.keys()).toArray(String[]::new);
        this.timeType = incoming.table().schema().apply(options.validFrom()).dataType();
        this.content = Arrays.stream(incoming.rows().columns())
                .filter(name -> !RowMarkers.isMarker(name))
                .toArray(String[]::new);
        this.batch = batch();
        this.states = incoming.table().join(batch.select(columns(keys)).distinct(), keys, "left_semi");
    }

    /** Returns the states to write and to remove, and a row to count each event of the batch that won its moment. */
    Dataset<Row> changes() {
        Dataset<Row> events = withStateNumbers(oneEventPerMoment());
        Dataset<Row> now = statesOf(events);
        Column same = LatestRow.contentHash(incoming.table(), List.of(), "n")
                .equalTo(LatestRow.contentHash(incoming.table(), List.of(), "o"));
        Column[] identity = Columns.named(options.identity());
        Column sameState = options.identity().stream()
                .map(name -> col("n." + Columns.quoted(name)).eqNullSafe(col("o." + Columns.quoted(name))))
                .reduce(Column::and)
                .orElseThrow();
        Dataset<Row> written = now.as("n")
                .join(states.as("o"), sameState.and(same), "left_anti")
                .withColumn(RowMarkers.ACTION, Action.WRITE.literal());
        Dataset<Row> removed = states.as("o")
                .join(now.select(identity).as("n"), sameState, "left_anti")
                .withColumn(RowMarkers.ACTION, Action.REMOVE.literal());
        return written.unionByName(removed)
                .withColumn(RowMarkers.EVENT, lit(null).cast("string"))
                .unionByName(effects(events), true);
    }

    private Dataset<Row> batch() {
        Column now = lit(Timestamp.from(incoming.at())).cast(timeType);
        Column at = options.sequenceBy().isEmpty()
                ? now
                : Columns.named(options.sequenceBy().get(0).name());
        Dataset<Row> rows = incoming.rows().withColumn(AT, at);
        return incoming.deletedKeys()
                .map(gone -> rows.unionByName(
                        gone.withColumn(RowMarkers.ACTION, Action.DELETE.literal())
                                .withColumn(AT, now),
                        true))
                .orElse(rows)
                .withColumn(ORIGIN, lit(FROM_BATCH));
    }

    /** Returns all known events of the keys; of several events at one moment only the winner. */
    private Dataset<Row> oneEventPerMoment() {
        Dataset<Row> known = statesAsEvents();
        if (incoming.storedEvents().isPresent()) {
            Dataset<Row> remembered = incoming.storedEvents().get();
            known = known.unionByName(remembered
                    .join(batch.select(columns(keys)).distinct(), keys, "left_semi")
                    .withColumn(AT, Columns.named(options.sequenceBy().get(0).name()))
                    .withColumn(ORIGIN, lit(REMEMBERED)));
        }
        Dataset<Row> all =
                known.unionByName(batch).withColumn(TRACKED, hash(tracked())).withColumn(CONTENT, hash(stateColumns()));
        List<Column> best = new ArrayList<>(
                List.of(RowMarkers.hasAction(Action.DELETE).desc(), col(TRACKED).desc()));
        if (!options.track().isEmpty()) {
            // The untracked columns of a state in the table may have the values of a later event.
            best.add(col(ORIGIN).gt(FROM_TABLE).desc());
            best.add(col(CONTENT).desc());
        }
        best.add(col(ORIGIN).asc());
        WindowSpec perMoment = Window.partitionBy(columns(keys, AT)).orderBy(best.toArray(Column[]::new));
        return all.withColumn(RANK, functions.row_number().over(perMoment))
                .filter(col(RANK).equalTo(1))
                .drop(RANK);
    }

    /** Turns stored states back into events: one for each start, and one for each end that no next state adjoins. */
    private Dataset<Row> statesAsEvents() {
        WindowSpec order = Window.partitionBy(columns(keys)).orderBy(Columns.named(options.validFrom()));
        Dataset<Row> rows = states.withColumn(
                NEXT, functions.lead(Columns.named(options.validFrom()), 1).over(order));
        Column to = Columns.named(options.validTo());
        Column ended = to.isNotNull().and(col(NEXT).isNull().or(col(NEXT).gt(to)));
        Dataset<Row> starts = rows.withColumn(AT, Columns.named(options.validFrom()))
                .withColumn(RowMarkers.ACTION, Action.WRITE.literal());
        Dataset<Row> ends =
                rows.filter(ended).withColumn(AT, to).withColumn(RowMarkers.ACTION, Action.DELETE.literal());
        return starts.unionByName(ends)
                .drop(NEXT, options.validFrom(), options.validTo(), options.current())
                .withColumn(ORIGIN, lit(FROM_TABLE));
    }

    /** Marks the events that start or end a state, and numbers the state that each event belongs to. */
    private Dataset<Row> withStateNumbers(Dataset<Row> events) {
        WindowSpec order = Window.partitionBy(columns(keys)).orderBy(col(AT));
        Column before = functions.lag(RowMarkers.hasAction(Action.DELETE), 1).over(order);
        Column tracked = functions.lag(col(TRACKED), 1).over(order);
        Column deletes = RowMarkers.hasAction(Action.DELETE);
        Column begins = functions
                .coalesce(before, lit(true))
                .notEqual(deletes)
                .or(functions.not(deletes).and(functions.coalesce(tracked.notEqual(col(TRACKED)), lit(true))));
        return events.withColumn(BEGINS, begins)
                .withColumn(STATE, functions.sum(col(BEGINS).cast("int")).over(order));
    }

    /** Builds the states from the events; untracked columns have the values of the last event of their state. */
    private Dataset<Row> statesOf(Dataset<Row> events) {
        WindowSpec order = Window.partitionBy(columns(keys)).orderBy(col(AT));
        WindowSpec state = Window.partitionBy(columns(keys, STATE)).orderBy(col(AT).desc());
        Dataset<Row> filled = events;
        if (!options.track().isEmpty()) {
            List<String> key = List.of(keys);
            for (String column : content) {
                if (!key.contains(column)) {
                    filled = filled.withColumn(
                            column, functions.first(Columns.named(column)).over(state));
                }
            }
        }
        Dataset<Row> starts = filled.filter(col(BEGINS));
        Column to = functions.lead(col(AT), 1).over(order);
        List<Column> columns = new ArrayList<>(Arrays.asList(columns(content)));
        columns.add(col(AT).as(options.validFrom()));
        columns.add(col(NEXT).as(options.validTo()));
        columns.add(col(NEXT).isNull().as(options.current()));
        return starts.withColumn(NEXT, to)
                .filter(RowMarkers.hasAction(Action.WRITE))
                .select(columns.toArray(Column[]::new));
    }

    /** Returns the effect of each event of the batch: it started, ended or changed a state, or was already known. */
    private Dataset<Row> effects(Dataset<Row> events) {
        WindowSpec order = Window.partitionBy(columns(keys)).orderBy(col(AT));
        Column changed = functions
                .not(RowMarkers.hasAction(Action.DELETE))
                .and(functions.lag(col(CONTENT), 1).over(order).notEqual(col(CONTENT)));
        Column effect = functions
                .when(col(BEGINS).and(RowMarkers.hasAction(Action.DELETE)), "deleted")
                .when(col(BEGINS), "inserted")
                .when(changed, "updated")
                .otherwise("unchanged");
        return events.withColumn(RowMarkers.EVENT, effect)
                .filter(col(ORIGIN).equalTo(FROM_BATCH))
                .withColumn(RowMarkers.ACTION, Action.NONE.literal())
                .select(columns(keys, RowMarkers.EVENT, RowMarkers.ACTION));
    }

    private Column hash(String... names) {
        return LatestRow.contentHash(incoming.rows().select(columns(names)));
    }

    private String[] tracked() {
        return options.track().isEmpty()
                ? stateColumns()
                : ColumnName.names(options.track()).toArray(String[]::new);
    }

    /** Returns the columns that make up a state, without the sequence: a later start alone is not a new state. */
    private String[] stateColumns() {
        Set<String> sequence = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        sequence.addAll(ColumnName.names(options.sequenceBy()));
        return Arrays.stream(content).filter(name -> !sequence.contains(name)).toArray(String[]::new);
    }

    private static Column[] columns(String... names) {
        return Columns.named(Arrays.asList(names));
    }

    private static Column[] columns(String[] names, String... more) {
        return columns(Stream.concat(Arrays.stream(names), Arrays.stream(more)).toArray(String[]::new));
    }
}
