package dev.ingot.source;

import dev.ingot.component.Named;
import dev.ingot.component.Source;
import dev.ingot.component.SourceContext;
import dev.ingot.component.input.Cursor;
import dev.ingot.component.input.Input;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.component.input.ReadMode;
import dev.ingot.component.input.SourceRows;
import dev.ingot.component.rows.Columns;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableSnapshot;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.options.Option;
import dev.ingot.options.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Reads a table of this lake. An incremental read ({@code read: new}) returns the whole table the first time, and then
 * the row changes since the last version read, from Delta's Change Data Feed.
 */
@Named(
        value = "table",
        summary = "A table of this lake; read: new reads the row changes since the last version read.",
        example = "table: bronze.flights")
public final class TableSource implements Source<TableSource.Options> {

    /** The version of a quarantine table that does not exist because no row was quarantined yet. */
    private static final long NOT_CREATED = -1;

    /** How to handle rows that are deleted from the source table. */
    public enum Deletes {
        FAIL,
        IGNORE
    }

    /** The options: which table, and how to handle its deletions. */
    public record Options(
            @Option(description = "The table, written layer.table.", example = "bronze.flights", inline = true)
            TableName name,

            @Option(
                    description = "How to handle a deletion in the table that cannot be applied to the target, because"
                            + " the table's keys do not reach the target's keys unchanged through every step: 'fail'"
                            + " stops with an error, 'ignore' keeps the target's rows.",
                    defaultValue = "fail")
            Deletes deletes) {}

    @Override
    public StructType schema(Options options, SourceContext context) {
        return context.columnsOf(options.name());
    }

    @Override
    public Optional<Input> pending(Options options, ReadMode mode, Cursor read, SourceContext context) {
        String name = options.name().toString();
        boolean noQuarantine = options.name().id().isQuarantine()
                && context.find(options.name()).isEmpty();
        if (noQuarantine && mode == ReadMode.NEW) {
            return Optional.empty();
        }
        PinnedTable table = noQuarantine ? new PinnedTable("", "", NOT_CREATED) : context.table(options.name());
        Input.Snapshot whole = new Input.Snapshot(name, table.tableId(), table.version());
        if (read.inputs().isEmpty()) {
            return Optional.of(whole);
        }
        Input last = read.inputs().get(read.inputs().size() - 1);
        if (mode == ReadMode.ALL) {
            return last instanceof Input.Snapshot snapshot && isUnchanged(snapshot, table, context)
                    ? Optional.empty()
                    : Optional.of(whole);
        }
        String lastId = last instanceof Input.Changes changes ? changes.tableId() : ((Input.Snapshot) last).tableId();
        long after = last instanceof Input.Changes changes ? changes.until() : ((Input.Snapshot) last).version();
        if (!lastId.equals(table.tableId())) {
            throw new IngotException(Diagnostic.error(
                    Code.DATA_FEED,
                    options.name().span(),
                    "Cannot read the changes of " + name + ": the table was re-created since the last read",
                    "Run this pipeline once with --full-refresh."));
        }
        if (table.version() <= after) {
            return Optional.empty();
        }
        List<TableVersion> changes = changes(options, table, after, context);
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        requireChangeFeed(options, table, context);
        long begin = afterWidening(options, table, after, changes.get(0).number(), context);
        return Optional.of(new Input.Changes(name, table.tableId(), begin, table.version()));
    }

    /** Decides whether a table has the same rows as when it was read; compaction and metadata changes do not count. */
    private static boolean isUnchanged(Input.Snapshot read, PinnedTable now, SourceContext context) {
        return read.tableId().equals(now.tableId())
                && DeltaTables.hasSameRows(context.spark(), now.location(), read.version(), now.version());
    }

    @Override
    public SourceRows read(Options options, Input input, SourceContext context) {
        if (input instanceof Input.Snapshot none && none.version() == NOT_CREATED) {
            return SourceRows.of(context.spark().createDataFrame(List.of(), schema(options, context)));
        }
        PinnedTable table = context.table(options.name());
        if (input instanceof Input.Snapshot snapshot) {
            return SourceRows.of(DeltaTables.at(context.spark(), table.location(), snapshot.version()));
        }
        Input.Changes range = (Input.Changes) input;
        ChangeFeed feed = ChangeFeed.of(context.spark(), table.location(), range.after(), range.until());
        boolean onlyInserts = changes(options, table, range.after(), context).stream()
                .filter(version -> version.number() <= range.until())
                .allMatch(TableSource::onlyInserts);
        if (onlyInserts) {
            return SourceRows.of(feed.postImages());
        }
        SourceRows net = feed.netChanges();
        List<String> keys = context.keysOf(options.name());
        if (context.carriesKeysOf(options.name())) {
            return new SourceRows(
                    net.rows(),
                    net.deletedKeys()
                            .map(gone -> gone.select(Columns.named(keys)).distinct()));
        }
        if (options.deletes() == Deletes.FAIL) {
            rejectDeletions(options, net, keys);
        }
        return SourceRows.of(net.rows());
    }

    @Override
    public boolean reads(Options options, Input input) {
        String table = input instanceof Input.Snapshot snapshot
                ? snapshot.table()
                : input instanceof Input.Changes changes ? changes.table() : "";
        return table.equals(options.name().toString());
    }

    /** Fails if rows were deleted. Without a key, an update looks the same as a deletion and an insert. */
    private static void rejectDeletions(Options options, SourceRows net, List<String> keys) {
        Dataset<Row> gone = net.deletedKeys().orElseThrow();
        Dataset<Row> deleted = keys.isEmpty() ? gone : gone.join(net.rows(), keys.toArray(String[]::new), "left_anti");
        if (!deleted.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.DATA_DELETES,
                    options.name().span(),
                    "Cannot apply the changes of " + options.name() + ": rows were deleted from it, and the rows"
                            + " derived from them cannot be found by its keys"
                            + (keys.isEmpty() ? ", because it has none" : " (" + String.join(", ", keys) + ")"),
                    "Write 'table: {name: " + options.name() + ", deletes: ignore}' to keep the derived rows, read the"
                            + " whole table with 'read: all', or"
                            + (keys.isEmpty() ? "" : " carry its keys unchanged into the keys of this table, or")
                            + " run this pipeline once with --full-refresh when that table was rebuilt."));
        }
    }

    /** Returns the versions that changed rows, after one version up to the version pinned by the run. */
    private static List<TableVersion> changes(Options options, PinnedTable table, long after, SourceContext context) {
        return LongStream.rangeClosed(after + 1, table.version())
                .mapToObj(number -> DeltaTables.version(context.spark(), table.location(), number)
                        .orElseThrow(() -> removedVersion(options, number)))
                .filter(TableVersion::changesRows)
                .filter(version -> !(onlyInserts(version) && version.metric("numOutputRows") == 0))
                .toList();
    }

    /**
     * Returns the version after which to read. Delta cannot read the change feed across a version that widened column
     * types, so the read starts after that version.
     */
    private static long afterWidening(
            Options options, PinnedTable table, long after, long firstChange, SourceContext context) {
        Optional<TableVersion> widening = LongStream.rangeClosed(after + 1, table.version())
                .mapToObj(number -> DeltaTables.version(context.spark(), table.location(), number))
                .flatMap(Optional::stream)
                .filter(TableVersion::isWidening)
                .reduce((earlier, later) -> later);
        if (widening.isPresent() && firstChange < widening.get().number()) {
            throw new IngotException(Diagnostic.error(
                    Code.DATA_FEED,
                    options.name().span(),
                    "Cannot read the changes of " + options.name() + ": its version "
                            + widening.get().number() + " widened column types, and the changes before it were not"
                            + " read yet",
                    "Run this pipeline once with --full-refresh."));
        }
        return widening.map(TableVersion::number).orElse(after);
    }

    private static IngotException removedVersion(Options options, long version) {
        return new IngotException(Diagnostic.error(
                Code.DATA_FEED,
                options.name().span(),
                "Cannot read the changes of " + options.name() + ": its version " + version
                        + " was removed from its history before the changes were read",
                "Run this pipeline once with --full-refresh."));
    }

    private static boolean onlyInserts(TableVersion version) {
        return version.operation().equals("WRITE")
                && "Append".equals(version.parameters().get("mode"));
    }

    private static void requireChangeFeed(Options options, PinnedTable table, SourceContext context) {
        boolean hasFeed = DeltaTables.find(context.spark(), table.location())
                .map(TableSnapshot::hasChangeFeed)
                .orElse(false);
        if (!hasFeed) {
            throw new IngotException(Diagnostic.error(
                    Code.DATA_FEED,
                    options.name().span(),
                    "Cannot read the changes of " + options.name() + ": the table has no change feed",
                    "Remove 'change_feed: false' from its target, or read the whole table with 'read: all'."));
        }
    }
}
