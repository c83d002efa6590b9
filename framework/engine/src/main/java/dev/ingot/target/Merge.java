package dev.ingot.target;

import dev.ingot.component.Columns;
import dev.ingot.component.Commit;
import dev.ingot.component.Keyed;
import dev.ingot.component.Named;
import dev.ingot.component.Newest;
import dev.ingot.component.Target;
import dev.ingot.component.Trait;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Option;
import io.delta.tables.DeltaTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Holds one row for each key. Of two rows with one key the newer by {@code sequence_by} wins, in whatever order they
 * arrive; where the sequence is equal too, the content decides, the same way every time. A row that would change nothing
 * is not written.
 */
@Named(
        value = "merge",
        summary = "Holds one row for each key; the newest by sequence_by wins, in whatever order rows arrive.",
        example = "{layer: silver, mode: merge, keys: [flight_id], sequence_by: [updated_at]}",
        traits = {Trait.INCREMENTAL, Trait.STAGED})
public final class Merge implements Target<Merge.Options> {

    private static final String SOURCE = "s";
    private static final String TARGET = "t";
    private static final String DELETED = "__ingot_deleted";
    private static final int NAMED_KEYS = 20;

    /** What identifies a row, and what makes it newer. */
    public record Options(
            @Option(description = "The columns that identify a row.", example = "[flight_id]", required = true)
            List<ColumnName> keys,

            @Option(
                    description = "The columns that say which of two rows with one key is newer; null is oldest."
                            + " Left out: the row of the later batch wins, and two different rows for one key in"
                            + " a batch are an error.",
                    example = "[updated_at]")
            List<ColumnName> sequenceBy)
            implements Keyed {}

    @Override
    public Dataset<Row> incoming(Dataset<Row> rows, Options options) {
        if (options.sequenceBy().isEmpty()) {
            refuseContradictions(rows, options);
        }
        return Newest.of(rows, options.keys(), options.sequenceBy());
    }

    @Override
    public Dataset<Row> after(
            Dataset<Row> incoming, Optional<Dataset<Row>> gone, Dataset<Row> current, Options options) {
        Dataset<Row> source = incoming.as(SOURCE);
        Dataset<Row> target = current.as(TARGET);
        Column known = qualified(TARGET, options.keys().get(0).name()).isNotNull();
        Dataset<Row> winners = source.join(target, sameKey(options), "left")
                .filter(functions.not(known).or(newer(incoming, options)))
                .select(SOURCE + ".*");
        Column[] keys =
                options.keys().stream().map(key -> Columns.named(key.name())).toArray(Column[]::new);
        Dataset<Row> replaced = gone.map(winners.select(keys)::unionByName).orElseGet(() -> winners.select(keys));
        return target.join(replaced.as(SOURCE), sameKey(options), "left_anti").unionByName(winners);
    }

    @Override
    public void write(
            Dataset<Row> incoming, Optional<Dataset<Row>> gone, Options options, String location, Commit commit) {
        SparkSession spark = incoming.sparkSession();
        Dataset<Row> source = incoming.withColumn(DELETED, functions.lit(false));
        if (gone.isPresent()) {
            source = source.unionByName(gone.get().withColumn(DELETED, functions.lit(true)), true);
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        Arrays.stream(incoming.columns()).forEach(name -> columns.put(Columns.quoted(name), qualified(SOURCE, name)));
        Column deleted = qualified(SOURCE, DELETED);
        commit.sessionSettings().forEach(spark.conf()::set);
        try {
            DeltaTable.forPath(spark, location)
                    .as(TARGET)
                    .merge(source.as(SOURCE), sameKey(options))
                    .whenMatched(deleted)
                    .delete()
                    .whenMatched(newer(incoming, options))
                    .update(columns)
                    .whenNotMatched(functions.not(deleted))
                    .insert(columns)
                    .execute();
        } finally {
            commit.sessionSettings().keySet().forEach(spark.conf()::unset);
        }
    }

    private static Column sameKey(Options options) {
        return options.keys().stream()
                .map(key -> qualified(TARGET, key.name()).equalTo(qualified(SOURCE, key.name())))
                .reduce(Column::and)
                .orElseThrow();
    }

    /** Whether the source's row replaces the target's: by sequence first, then by content; never an equal row. */
    private static Column newer(Dataset<Row> rows, Options options) {
        Column sourceContent = Newest.contentHash(rows, List.of(), SOURCE);
        Column targetContent = Newest.contentHash(rows, List.of(), TARGET);
        Column newer = options.sequenceBy().isEmpty()
                ? sourceContent.notEqual(targetContent)
                : sourceContent.gt(targetContent);
        List<ColumnName> innermostFirst = new ArrayList<>(options.sequenceBy());
        java.util.Collections.reverse(innermostFirst);
        for (ColumnName column : innermostFirst) {
            Column ours = qualified(SOURCE, column.name());
            Column theirs = qualified(TARGET, column.name());
            Column later = functions.coalesce(ours.gt(theirs), ours.isNotNull().and(theirs.isNull()));
            newer = later.or(ours.eqNullSafe(theirs).and(newer));
        }
        return newer;
    }

    private static void refuseContradictions(Dataset<Row> rows, Options options) {
        Column[] keys = Columns.of(rows, options.keys());
        List<Row> contradictions = rows.withColumn("__ingot_content", Newest.contentHash(rows))
                .groupBy(keys)
                .agg(functions.countDistinct("__ingot_content").as("__ingot_contents"))
                .filter(functions.col("__ingot_contents").gt(1))
                .select(keys)
                .limit(NAMED_KEYS + 1)
                .collectAsList();
        if (!contradictions.isEmpty()) {
            String named = String.join(
                    ", ",
                    contradictions.stream().limit(NAMED_KEYS).map(Row::toString).toList());
            String more = contradictions.size() > NAMED_KEYS ? " and more" : "";
            throw new IngotException(
                    Diagnostic.error(
                            Code.DATA_KEYS,
                            options.keys().get(0).span(),
                            "Cannot merge by " + String.join(", ", ColumnName.names(options.keys()))
                                    + ": several different rows have the key " + named + more,
                            "Say with 'sequence_by' which of them is newer, or add the columns that tell them apart to 'keys'."));
        }
    }

    private static Column qualified(String alias, String column) {
        return functions.col(alias + "." + Columns.quoted(column));
    }
}
