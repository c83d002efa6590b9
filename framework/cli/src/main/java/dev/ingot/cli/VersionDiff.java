package dev.ingot.cli;

import dev.ingot.component.input.AsOf;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableVersion;
import dev.ingot.run.inspect.TableDiff;
import dev.ingot.session.SessionSettings;
import dev.ingot.state.CommitMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Compares two versions of a table.
 *
 * @param before the older version
 * @param after the newer one
 */
record VersionDiff(NamedTable table, long before, long after) {

    /**
     * Resolves the versions that the options select.
     *
     * @param from may be null: the version before the newest change, or before the first that the run made
     * @param to may be null: the newest version
     * @param run may be null: compares the versions before and after this run
     */
    static VersionDiff of(NamedTable table, String from, String to, String run, SparkSession spark) {
        String location = table.location(spark);
        long after = run != null
                ? table.version(AsOf.run(run), spark)
                : to == null
                        ? DeltaTables.newest(spark, location)
                        : table.version(TimeTravelOptions.parse("--to", to), spark);
        long before = from == null
                ? before(location, after, run, spark)
                : table.version(TimeTravelOptions.parse("--from", from), spark);
        return new VersionDiff(table, before, after);
    }

    private static long before(String location, long after, String run, SparkSession spark) {
        List<TableVersion> changes = DeltaTables.newestFirst(spark, location)
                .filter(version -> version.number() <= after && version.changesRows())
                .takeWhile(version -> run == null || CommitMetadata.madeBy(run, version))
                .limit(run == null ? 1 : Long.MAX_VALUE)
                .toList();
        return changes.isEmpty() ? after : changes.get(changes.size() - 1).number() - 1;
    }

    TableDiff difference(SparkSession spark) {
        SparkSession session = SessionSettings.newSession(spark);
        String location = table.location(spark);
        return TableDiff.of(
                DeltaTables.at(session, location, before), DeltaTables.at(session, location, after), table.identity());
    }

    /** Returns a line with the number of rows of each kind. */
    String title(TableDiff difference) {
        return table.id() + " from version " + before + " to " + after + ": "
                + difference.counts().entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }

    /**
     * Formats a row that differs. Text shows both values of a cell in it; JSON has the old values under {@code was}.
     */
    static Map<String, Object> row(TableDiff.Line line, OutputFormat output, PersonalData hidden) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("change", line.kind());
        CellValues.of(line.row()).forEach((name, value) -> row.put(name, value));
        Map<String, Object> was = new LinkedHashMap<>();
        line.before().forEach((name, value) -> was.put(name, CellValues.value(value)));
        if (output == OutputFormat.TEXT) {
            was.forEach((name, value) -> row.compute(name, (same, now) -> value + " -> " + now));
        } else {
            hidden.mask(was);
            row.put("was", was);
        }
        hidden.mask(row);
        return row;
    }
}
