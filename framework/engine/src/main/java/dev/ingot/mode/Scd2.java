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
 * Keeps history: a row for each state that a key was in, with when it began and ended (a slowly changing dimension of
 * type 2). A late event finds its place between the states that are there.
 */
@Named(
        value = "scd2",
        summary =
                "Keeps history: a row for each state of a key, with when it began and ended; late events find their place.",
        example = "{layer: silver, mode: scd2, keys: [customer_id], sequence_by: [changed_at]}",
        traits = {Trait.INCREMENTAL, Trait.STAGED})
public final class Scd2 implements WriteMode<Scd2.Options> {

    /** What identifies a row, when it came to be so, and how that is written down. */
    public record Options(
            @Option(description = "The columns that identify what a row speaks of.", example = "[id]", required = true)
            List<ColumnName> keys,

            @Option(
                    description = "The one column that says when a row came to be so. Left out: the moment at which"
                            + " the run began.",
                    example = "[changed_at]")
            List<ColumnName> sequenceBy,

            @Option(
                    description = "Rows that meet this say that what they identify is gone from then on; they end its"
                            + " last state. It may name columns that the contract leaves out.",
                    example = "op = 'D'")
            Optional<Expression> deleteWhen,

            @Option(
                    description = "What becomes of keys that a batch does not have: 'delete' takes each batch for the"
                            + " whole, ends their states, and needs 'read: all' or snapshots.",
                    defaultValue = "keep")
            Absent absent,

            @Option(
                    description =
                            "Whether a batch without rows may stand for a source in which nothing is left; only with"
                                    + " 'absent: delete'.",
                    defaultValue = "false")
            boolean allowEmpty,

            @Option(
                    description = "The columns whose change begins a new state; a change of others is written into the"
                            + " state in which it happened. Left out: all.",
                    example = "[address, status]")
            List<ColumnName> track,

            @Option(description = "The column for when a state began.", defaultValue = "valid_from")
            String validFrom,

            @Option(description = "The column for when a state ended; null while it lasts.", defaultValue = "valid_to")
            String validTo,

            @Option(description = "The column for whether a state lasts.", defaultValue = "is_current")
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
                        "'absent: delete' dates states by the snapshots themselves, so 'sequence_by' means nothing beside"
                                + " it");
            }
            if (Stream.of(validFrom, validTo, current).distinct().count() < 3) {
                throw new IllegalArgumentException(
                        "'valid_from', 'valid_to' and 'current' need names that differ from each other");
            }
        }

        @Override
        public List<String> identity() {
            return Stream.concat(keys.stream().map(ColumnName::name), Stream.of(validFrom))
                    .toList();
        }

        /** The columns that the table has besides those of the rows. */
        List<String> own() {
            return List.of(validFrom, validTo, current);
        }
    }

    @Override
    public StructType columns(StructType rows, Options options) {
        DataType moment = moment(rows, options);
        Arrays.stream(rows.fieldNames())
                .filter(name -> options.own().stream().anyMatch(name::equalsIgnoreCase))
                .findFirst()
                .ifPresent(name -> {
                    throw Analysis.failure(
                            options.keys().get(0).span(),
                            "the rows have a column '" + name + "' already, in which the mode would write when a state"
                                    + " began or ended; give 'valid_from', 'valid_to' or 'current' another name");
                });
        return rows.add(options.validFrom(), moment)
                .add(options.validTo(), moment)
                .add(options.current(), DataTypes.BooleanType);
    }

    private static DataType moment(StructType rows, Options options) {
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
            DuplicateKeys.refuse(incoming.rows(), options.keys(), "keep history", destination.personal());
        }
        return new Scd2History(options, incoming).changes();
    }

    /** All events: which of them were too like the one before to begin a state is lost in the table. */
    @Override
    public Optional<Dataset<Row>> remembered(Dataset<Row> rows, Options options) {
        return options.sequenceBy().isEmpty() ? Optional.empty() : Optional.of(rows);
    }

    @Override
    public Dataset<Row> living(Dataset<Row> table, Options options) {
        return table.filter(Columns.named(options.current()));
    }

    @Override
    public boolean mayEmpty(Options options) {
        return options.absent() == KeyedOptions.Absent.KEEP || options.allowEmpty();
    }

    @Override
    public Dataset<Row> after(Dataset<Row> changes, Dataset<Row> current, Options options, WriteContext destination) {
        Dataset<Row> touching = changes.filter(functions.not(RowMarkers.does(Action.NONE)));
        String[] identity = options.identity().toArray(String[]::new);
        Column[] key = Columns.named(options.identity());
        return current.join(touching.select(key), identity, "left_anti")
                .select(Columns.all(current))
                .unionByName(touching.filter(RowMarkers.does(Action.WRITE)).select(Columns.all(current)));
    }

    @Override
    public void write(Dataset<Row> changes, Options options, WriteContext destination, BatchCommit commit) {
        Map<String, Column> columns = new LinkedHashMap<>();
        Arrays.stream(changes.columns())
                .filter(name -> !RowMarkers.is(name))
                .forEach(name -> columns.put(Columns.quoted(name), SequenceOrder.of(SequenceOrder.SOURCE, name)));
        Dataset<Row> touching = changes.filter(functions.not(RowMarkers.does(Action.NONE)));
        MergeCommit.execute(
                changes.sparkSession(),
                DeltaTable.forPath(changes.sparkSession(), destination.location())
                        .as(SequenceOrder.TARGET)
                        .merge(
                                touching.as(SequenceOrder.SOURCE),
                                SequenceOrder.meets(options.identity(), destination.range()))
                        .whenMatched(RowMarkers.does(SequenceOrder.SOURCE, Action.REMOVE))
                        .delete()
                        .whenMatched()
                        .update(columns)
                        .whenNotMatched(RowMarkers.does(SequenceOrder.SOURCE, Action.WRITE))
                        .insert(columns),
                commit);
    }
}
