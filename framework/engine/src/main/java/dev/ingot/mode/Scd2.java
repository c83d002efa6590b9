package dev.ingot.mode;

import dev.ingot.component.BatchCommit;
import dev.ingot.component.KeyedOptions;
import dev.ingot.component.Named;
import dev.ingot.component.TargetInput;
import dev.ingot.component.Trait;
import dev.ingot.component.WriteContext;
import dev.ingot.component.WriteMode;
import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.component.rows.RowMarkers.Action;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import io.delta.tables.DeltaTable;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Keeps history as a slowly changing dimension of type 2: a row for each state of a key, with its validity period. A
 * late event is inserted at its place between the existing states.
 */
@Named(
        value = "scd2",
        summary = "Keeps history (SCD type 2): a row for each state of a key; late events find their place in it.",
        example = "{layer: silver, mode: scd2, keys: [customer_id], sequence_by: [changed_at]}",
        traits = {Trait.INCREMENTAL, Trait.STAGED})
public final class Scd2 implements WriteMode<Scd2.Options> {

    /** The key, the time of its states, and the columns that record it. */
    public record Options(
            @Option(
                    description = "The columns of the key; each key has one history.",
                    example = "[id]",
                    required = true)
            List<ColumnName> keys,

            @Option(
                    description = "The one column with the time from which a row's state is valid. Default: the time at"
                            + " which the run started.",
                    example = "[changed_at]")
            List<ColumnName> sequenceBy,

            @Option(
                    description =
                            "A row that meets this condition deletes its key from then on: it ends the last state."
                                    + " The condition may use columns that are not in the contract.",
                    example = "op = 'D'")
            Optional<Expression> deleteWhen,

            @Option(
                    description = "How to handle keys that are missing from a batch: 'delete' treats each batch as a"
                            + " full snapshot and ends their states; it needs 'read: all' or 'snapshots'.",
                    defaultValue = "keep")
            Absent absent,

            @Option(
                    description = "Whether a batch without rows may end all states; only with 'absent: delete'.",
                    defaultValue = "false")
            boolean allowEmpty,

            @Option(
                    description = "The columns whose change starts a new state; a change of other columns updates the"
                            + " state in which it happened. Default: all.",
                    example = "[address, status]")
            List<ColumnName> track,

            @Option(description = "The column with the start of a state.", defaultValue = "valid_from")
            String validFrom,

            @Option(
                    description = "The column with the end of a state; null while it is current.",
                    defaultValue = "valid_to")
            String validTo,

            @Option(description = "The column that marks the current state.", defaultValue = "is_current")
            String current,

            @Option(
                    description = "How late an event may arrive and still find its exact place in the history.",
                    defaultValue = "7 days",
                    formerly = "late_for")
            Duration allowedLateness)
            implements KeyedOptions {

        public Options {
            if (sequenceBy.size() > 1) {
                throw new IllegalArgumentException("'sequence_by' of mode 'scd2' takes one column");
            }
            if (absent == Absent.DELETE && !sequenceBy.isEmpty()) {
                throw new IllegalArgumentException(
                        "'absent: delete' takes the time of a state from its snapshot, so 'sequence_by' has no effect"
                                + " with it");
            }
            if (Stream.of(validFrom, validTo, current).distinct().count() < 3) {
                throw new IllegalArgumentException("'valid_from', 'valid_to' and 'current' must have different names");
            }
        }

        @Override
        public List<String> identity() {
            return Stream.concat(keys.stream().map(ColumnName::name), Stream.of(validFrom))
                    .toList();
        }

        /** Returns the columns that the mode adds to those of the rows. */
        List<String> historyColumns() {
            return List.of(validFrom, validTo, current);
        }
    }

    @Override
    public StructType columns(StructType rows, Options options) {
        DataType timeType = timeType(rows, options);
        Arrays.stream(rows.fieldNames())
                .filter(name -> options.historyColumns().stream().anyMatch(name::equalsIgnoreCase))
                .findFirst()
                .ifPresent(name -> {
                    throw Analysis.failure(
                            options.keys().get(0).span(),
                            "the rows already have a column '" + name + "', which the mode uses for the validity of a"
                                    + " state; give 'valid_from', 'valid_to' or 'current' another name");
                });
        return rows.add(options.validFrom(), timeType)
                .add(options.validTo(), timeType)
                .add(options.current(), DataTypes.BooleanType);
    }

    private static DataType timeType(StructType rows, Options options) {
        return options.sequenceBy().stream()
                .map(column -> Arrays.stream(rows.fields())
                        .filter(field -> field.name().equalsIgnoreCase(column.name()))
                        .findFirst()
                        .orElseThrow(() -> Analysis.failure(column.span(), "the rows have no column '" + column + "'"))
                        .dataType())
                .findFirst()
                .orElse(DataTypes.TimestampType);
    }

    @Override
    public Dataset<Row> changes(TargetInput incoming, Options options, WriteContext destination) {
        if (options.sequenceBy().isEmpty()) {
            DuplicateKeys.reject(incoming.rows(), options.keys(), "keep history", destination.piiColumns());
        }
        return new Scd2History(options, incoming).changes();
    }

    /** Returns all events, because the table does not show those that were too similar to start a new state. */
    @Override
    public Optional<Dataset<Row>> eventsToStore(Dataset<Row> rows, Options options) {
        return options.sequenceBy().isEmpty() ? Optional.empty() : Optional.of(rows);
    }

    @Override
    public Dataset<Row> currentRows(Dataset<Row> table, Options options) {
        return table.filter(Columns.named(options.current()));
    }

    @Override
    public boolean allowsEmpty(Options options) {
        return options.absent() == KeyedOptions.Absent.KEEP || options.allowEmpty();
    }

    @Override
    public Dataset<Row> after(Dataset<Row> changes, Dataset<Row> current, Options options, WriteContext destination) {
        Dataset<Row> effective = changes.filter(functions.not(RowMarkers.hasAction(Action.NONE)));
        String[] identity = options.identity().toArray(String[]::new);
        Column[] key = Columns.named(options.identity());
        return current.join(effective.select(key), identity, "left_anti")
                .select(Columns.all(current))
                .unionByName(
                        effective.filter(RowMarkers.hasAction(Action.WRITE)).select(Columns.all(current)));
    }

    @Override
    public void write(Dataset<Row> changes, Options options, WriteContext destination, BatchCommit commit) {
        Map<String, Column> columns = new LinkedHashMap<>();
        Arrays.stream(changes.columns())
                .filter(name -> !RowMarkers.isMarker(name))
                .forEach(name -> columns.put(Columns.quoted(name), SequenceOrder.of(SequenceOrder.SOURCE, name)));
        Dataset<Row> effective = changes.filter(functions.not(RowMarkers.hasAction(Action.NONE)));
        MergeCommit.execute(
                changes.sparkSession(),
                DeltaTable.forPath(changes.sparkSession(), destination.location())
                        .as(SequenceOrder.TARGET)
                        .merge(
                                effective.as(SequenceOrder.SOURCE),
                                SequenceOrder.matches(options.identity(), destination.range()))
                        .whenMatched(RowMarkers.hasAction(SequenceOrder.SOURCE, Action.REMOVE))
                        .delete()
                        .whenMatched()
                        .update(columns)
                        .whenNotMatched(RowMarkers.hasAction(SequenceOrder.SOURCE, Action.WRITE))
                        .insert(columns),
                commit);
    }
}
