package dev.ingot.mode;

import dev.ingot.component.BatchCommit;
import dev.ingot.component.KeyedOptions;
import dev.ingot.component.Named;
import dev.ingot.component.TargetInput;
import dev.ingot.component.Trait;
import dev.ingot.component.WriteContext;
import dev.ingot.component.WriteMode;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.LatestRow;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.component.rows.RowMarkers.Action;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import io.delta.tables.DeltaMergeBuilder;
import io.delta.tables.DeltaTable;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Upserts: keeps one row for each key. Of two rows of a key the newer by {@code sequence_by} wins, in whatever order
 * they arrive; if the sequence is equal, a deletion wins, otherwise the content decides deterministically. A deletion
 * is remembered as a tombstone for the allowed lateness, so that a late older row does not bring the key back. A row
 * that changes nothing is not written.
 */
@Named(
        value = "merge",
        summary = "Upserts: keeps one row for each key; the newest by sequence_by wins, in whatever order rows arrive.",
        example = "{layer: silver, mode: merge, keys: [flight_id], sequence_by: [updated_at]}",
        traits = {Trait.INCREMENTAL, Trait.STAGED})
public final class Merge implements WriteMode<Merge.Options> {

    private static final String INSERTED = "inserted";
    private static final String UPDATED = "updated";
    private static final String DELETED = "deleted";

    /** The key, the order of its rows, and how a row changes the table. */
    public record Options(
            @Option(description = "The columns that identify a row.", example = "[flight_id]", required = true)
            List<ColumnName> keys,

            @Option(
                    description = "The columns that decide which of two rows of one key is newer; null is oldest."
                            + " Default: the row of the later batch wins, and two different rows of one key in"
                            + " a batch are an error.",
                    example = "[updated_at]")
            List<ColumnName> sequenceBy,

            @Option(
                    description = "A row that meets this condition deletes its key. The condition may use columns that"
                            + " are not in the contract. Rules check only the keys of such a row.",
                    example = "op = 'D'")
            Optional<Expression> deleteWhen,

            @Option(
                    description = "How to handle keys that are missing from a batch: 'delete' treats each batch as a"
                            + " full snapshot and deletes them; it needs 'read: all' or 'snapshots'.",
                    defaultValue = "keep")
            Absent absent,

            @Option(
                    description = "Whether a batch without rows may delete all keys; only with 'absent: delete'.",
                    defaultValue = "false")
            boolean allowEmpty,

            @Option(
                    description = "Whether to ignore rows of known keys; the row that was written first is kept.",
                    defaultValue = "false")
            boolean insertOnly,

            @Option(
                    description = "The columns that a newer row updates, besides those of 'sequence_by'; other columns"
                            + " keep the values of the key's first row. Default: all.",
                    example = "[status, updated_at]")
            List<ColumnName> updateColumns,

            @Option(
                    description = "What a null in a column means: 'value' sets the column to null, 'unchanged' keeps"
                            + " the stored value (a partial update). With 'unchanged' a late row is ignored as a"
                            + " whole, and of two rows with the same sequence in different batches one can be ignored.",
                    defaultValue = "value")
            NullMeans nullMeans,

            @Option(
                    description =
                            "How long a deletion is remembered, so that a late older row does not bring the key back.",
                    defaultValue = "7 days",
                    formerly = "late_for")
            Duration allowedLateness)
            implements KeyedOptions {

        @Override
        public boolean partialUpdates() {
            return nullMeans == NullMeans.UNCHANGED;
        }

        /** What a null in a row means. */
        public enum NullMeans {
            VALUE,
            UNCHANGED
        }

        public Options {
            if (insertOnly && nullMeans == NullMeans.UNCHANGED) {
                throw new IllegalArgumentException(
                        "'insert_only' never updates known keys, so 'null_means: unchanged' has no effect with it");
            }
            if (insertOnly && (deleteWhen.isPresent() || absent == Absent.DELETE || !updateColumns.isEmpty())) {
                throw new IllegalArgumentException(
                        "'insert_only' never updates known keys, so 'delete_when', 'absent: delete' and"
                                + " 'update_columns' have no effect with it");
            }
        }
    }

    @Override
    public Dataset<Row> changes(TargetInput incoming, Options options, WriteContext destination) {
        if (options.sequenceBy().isEmpty()) {
            DuplicateKeys.reject(incoming.rows(), options.keys(), "merge", destination.piiColumns());
        }
        Dataset<Row> newest = LatestRow.of(events(incoming, options), options.keys(), options.sequenceBy());
        Dataset<Row> rows = newest.filter(functions.not(functions.col(RowMarkers.REMEMBERED)))
                .drop(RowMarkers.REMEMBERED);
        Dataset<Row> changes = incoming.deletedKeys()
                .map(gone -> rows.unionByName(gone.withColumn(RowMarkers.ACTION, Action.REMOVE.literal()), true))
                .orElse(rows);
        boolean manyUnchanged = incoming.fullSnapshot() || options.partialUpdates();
        return manyUnchanged ? withEffects(changes, incoming.table(), options) : changes;
    }

    /**
     * Adds to each row its effect on the table. Most rows of a full snapshot change nothing, and MERGE would rewrite a
     * file for each row that it matches there.
     */
    private static Dataset<Row> withEffects(Dataset<Row> changes, Dataset<Row> table, Options options) {
        Column known = SequenceOrder.of(SequenceOrder.TARGET, options.identity().get(0))
                .isNotNull();
        Column writes = RowMarkers.hasAction(SequenceOrder.SOURCE, Action.WRITE);
        Column same = LatestRow.contentHash(changes, List.of(), name -> value(name, options))
                .equalTo(LatestRow.contentHash(changes, List.of(), SequenceOrder.TARGET));
        Column effect = functions
                .when(functions.not(known).and(writes), INSERTED)
                .when(known.and(updates(changes, options)), UPDATED)
                .when(known.and(functions.lit(!options.insertOnly())).and(removes(options)), DELETED)
                .when(functions.not(known).or(writes.and(same)), "unchanged");
        return changes.as(SequenceOrder.SOURCE)
                .join(table.as(SequenceOrder.TARGET), SequenceOrder.same(options.identity()), "left")
                .select(functions.col(SequenceOrder.SOURCE + ".*"), effect.as(RowMarkers.EVENT));
    }

    /** Returns the rows without those that are known to change nothing. */
    private static Dataset<Row> effective(Dataset<Row> changes) {
        return Columns.has(changes, RowMarkers.EVENT)
                ? changes.filter(functions.col(RowMarkers.EVENT).isin(INSERTED, UPDATED, DELETED))
                : changes;
    }

    /** Returns the rows of the batch, and the events of their keys that are remembered from earlier batches. */
    private static Dataset<Row> events(TargetInput incoming, Options options) {
        Dataset<Row> own = options.partialUpdates()
                ? PartialUpdates.combined(withoutLateRows(incoming, options), options.keys(), options.sequenceBy())
                : incoming.rows();
        Dataset<Row> rows = own.withColumn(RowMarkers.REMEMBERED, functions.lit(false));
        String[] keys = ColumnName.names(options.keys()).toArray(String[]::new);
        return incoming.storedEvents()
                .map(remembered -> rows.unionByName(
                        remembered
                                .join(
                                        rows.select(Columns.of(rows, options.keys()))
                                                .distinct(),
                                        keys,
                                        "left_semi")
                                .withColumn(RowMarkers.REMEMBERED, functions.lit(true)),
                        true))
                .orElse(rows);
    }

    /** Drops rows older than the known events of their keys; a late row must not fill the nulls of a newer one. */
    private static Dataset<Row> withoutLateRows(TargetInput incoming, Options options) {
        Dataset<Row> rows = notOlder(incoming.rows(), incoming.table(), options);
        return incoming.storedEvents()
                .map(remembered -> notOlder(rows, remembered, options))
                .orElse(rows);
    }

    private static Dataset<Row> notOlder(Dataset<Row> rows, Dataset<Row> known, Options options) {
        Column older = functions.not(SequenceOrder.newer(options.sequenceBy(), functions.lit(true)));
        return rows.as(SequenceOrder.SOURCE)
                .join(
                        known.as(SequenceOrder.TARGET),
                        SequenceOrder.same(ColumnName.names(options.keys())).and(older),
                        "left_anti");
    }

    /** Returns the tombstones: where rows have an order, a late older row must not bring a deleted key back. */
    @Override
    public Optional<Dataset<Row>> eventsToStore(Dataset<Row> rows, Options options) {
        boolean ordered =
                options.deleteWhen().isPresent() && !options.sequenceBy().isEmpty();
        return ordered ? Optional.of(rows.filter(RowMarkers.hasAction(Action.DELETE))) : Optional.empty();
    }

    @Override
    public boolean allowsEmpty(Options options) {
        return options.absent() == KeyedOptions.Absent.KEEP || options.allowEmpty();
    }

    @Override
    public Dataset<Row> after(Dataset<Row> changes, Dataset<Row> current, Options options, WriteContext destination) {
        Dataset<Row> source = changes.as(SequenceOrder.SOURCE);
        Dataset<Row> target = current.as(SequenceOrder.TARGET);
        Column known = SequenceOrder.of(SequenceOrder.TARGET, options.identity().get(0))
                .isNotNull();
        Column replaces = removes(options).or(updates(changes, options));
        Dataset<Row> effective = source.join(target, SequenceOrder.same(options.identity()), "left")
                .filter(functions.not(known).or(replaces));
        Column[] keys = options.identity().stream()
                .map(key -> SequenceOrder.of(SequenceOrder.SOURCE, key).as(key))
                .toArray(Column[]::new);
        Map<String, Column> updates = assignments(changes, options);
        Column[] written = Arrays.stream(current.columns())
                .map(name -> {
                    Column kept = updates.containsKey(name)
                            ? updates.get(name)
                            : functions
                                    .when(known, SequenceOrder.of(SequenceOrder.TARGET, name))
                                    .otherwise(SequenceOrder.of(SequenceOrder.SOURCE, name));
                    return kept.as(name);
                })
                .toArray(Column[]::new);
        return target.join(
                        effective.select(keys).as(SequenceOrder.SOURCE),
                        SequenceOrder.same(options.identity()),
                        "left_anti")
                .unionByName(effective
                        .filter(RowMarkers.hasAction(SequenceOrder.SOURCE, Action.WRITE))
                        .select(written));
    }

    @Override
    public void write(Dataset<Row> changes, Options options, WriteContext destination, BatchCommit commit) {
        Map<String, Column> columns = new LinkedHashMap<>();
        columns(changes)
                .forEach(name -> columns.put(Columns.quoted(name), SequenceOrder.of(SequenceOrder.SOURCE, name)));
        Map<String, Column> updates = new LinkedHashMap<>();
        assignments(changes, options).forEach((name, value) -> updates.put(Columns.quoted(name), value));
        DeltaMergeBuilder merge = DeltaTable.forPath(changes.sparkSession(), destination.location())
                .as(SequenceOrder.TARGET)
                .merge(
                        effective(changes).as(SequenceOrder.SOURCE),
                        SequenceOrder.matches(options.identity(), destination.range()));
        if (!options.insertOnly() && !destination.rangeIsEmpty()) {
            merge = merge.whenMatched(removes(options))
                    .delete()
                    .whenMatched(updates(changes, options))
                    .update(updates);
        }
        DeltaMergeBuilder completed = merge.whenNotMatched(RowMarkers.hasAction(SequenceOrder.SOURCE, Action.WRITE))
                .insert(columns);
        MergeCommit.execute(changes.sparkSession(), completed, commit);
    }

    /** Returns whether the source's row deletes the target's; with an equal sequence the deletion wins. */
    private static Column removes(Options options) {
        Column later = SequenceOrder.newer(options.sequenceBy(), functions.lit(true));
        return RowMarkers.hasAction(SequenceOrder.SOURCE, Action.REMOVE)
                .or(RowMarkers.hasAction(SequenceOrder.SOURCE, Action.DELETE).and(later));
    }

    /** Returns whether the source's row replaces the target's: by sequence, then by content; never an equal row. */
    private static Column updates(Dataset<Row> changes, Options options) {
        if (options.insertOnly()) {
            return functions.lit(false);
        }
        Set<String> kept = new TreeSet<>(columns(changes));
        kept.removeAll(assignments(changes, options).keySet());
        Column ours = LatestRow.contentHash(changes, kept, name -> value(name, options));
        Column theirs = LatestRow.contentHash(changes, kept, SequenceOrder.TARGET);
        Column tied = options.sequenceBy().isEmpty() ? ours.notEqual(theirs) : ours.gt(theirs);
        return RowMarkers.hasAction(SequenceOrder.SOURCE, Action.WRITE)
                .and(SequenceOrder.newer(options.sequenceBy(), tied));
    }

    /** Returns the columns that an update sets, with their new values. */
    private static Map<String, Column> assignments(Dataset<Row> changes, Options options) {
        Set<String> chosen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        chosen.addAll(ColumnName.names(options.updateColumns()));
        chosen.addAll(ColumnName.names(options.sequenceBy()));
        Map<String, Column> updates = new LinkedHashMap<>();
        columns(changes).stream()
                .filter(name -> options.updateColumns().isEmpty() || chosen.contains(name))
                .forEach(name -> updates.put(name, value(name, options)));
        return updates;
    }

    /** Returns the value of a column after an update. */
    private static Column value(String column, Options options) {
        Column ours = SequenceOrder.of(SequenceOrder.SOURCE, column);
        boolean ordering = options.sequenceBy().stream()
                .anyMatch(sequence -> sequence.name().equalsIgnoreCase(column));
        return !options.partialUpdates() || ordering
                ? ours
                : functions
                        .when(functions.col(SequenceOrder.SOURCE + "." + PartialUpdates.AFTER_DELETE), ours)
                        .otherwise(functions.coalesce(ours, SequenceOrder.of(SequenceOrder.TARGET, column)));
    }

    private static List<String> columns(Dataset<Row> changes) {
        return Arrays.stream(changes.columns())
                .filter(name -> !RowMarkers.isMarker(name))
                .toList();
    }
}
