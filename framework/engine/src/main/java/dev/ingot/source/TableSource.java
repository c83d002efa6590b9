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
 * A table of this lake. Read new, it gives the first time the whole table and then the row changes since the version
 * read last, from Delta's Change Data Feed.
 */
@Named(
        value = "table",
        summary = "A table of this lake; read: new reads the row changes since the version read last.",
        example = "table: bronze.flights")
public final class TableSource implements Source<TableSource.Options> {

    /** The version of a quarantine that was never needed: it has no rows. */
    private static final long NEVER = -1;

    /** What becomes of rows that disappear from the source. */
    public enum Deletes {
        FAIL,
        IGNORE
    }

    /** Which table, and how its deletions are met. */
    public record Options(
            @Option(description = "The table, written layer.table.", example = "bronze.flights", inline = true)
            TableName name,

            @Option(
                    description = "What a deletion in the table does when it cannot be followed, because the table's"
                            + " keys do not come through every step unchanged into the target's: 'fail' stops with an"
                            + " error, 'ignore' keeps the target's rows.",
                    defaultValue = "fail")
            Deletes deletes) {}

    @Override
    public StructType schema(Options options, SourceContext context) {
        return context.columnsOf(options.name());
    }

    @Override
    public Optional<Input> pending(Options options, ReadMode mode, Cursor read, SourceContext context) {
        String name = options.name().toString();
        boolean nothingHeldBack = options.name().id().isQuarantine()
                && context.find(options.name()).isEmpty();
        if (nothingHeldBack && mode == ReadMode.NEW) {
            return Optional.empty();
        }
        PinnedTable table = nothingHeldBack ? new PinnedTable("", "", NEVER) : context.table(options.name());
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
                    "Cannot read the changes of " + name + ": the table was re-created since it was read last",
                    "Run this pipeline once with --full-refresh."));
        }
        if (table.version() <= after) {
            return Optional.empty();
        }
        List<TableVersion> changes = changes(options, table, after, context);
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        checkFeed(options, table, context);
        long begin = afterWidening(options, table, after, changes.get(0).number(), context);
        return Optional.of(new Input.Changes(name, table.tableId(), begin, table.version()));
    }

    /** Files that were laid together, and what is said of a table, are no news. */
    private static boolean isUnchanged(Input.Snapshot read, PinnedTable now, SourceContext context) {
        return read.tableId().equals(now.tableId())
                && DeltaTables.hasSameRows(context.spark(), now.location(), read.version(), now.version());
    }

    @Override
    public SourceRows read(Options options, Input input, SourceContext context) {
        if (input instanceof Input.Snapshot none && none.version() == NEVER) {
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
            return SourceRows.of(feed.newStates());
        }
        SourceRows net = feed.netChanges();
        List<String> keys = context.keysOf(options.name());
        if (context.carriesKeysOf(options.name())) {
            return new SourceRows(
                    net.rows(),
                    net.gone().map(gone -> gone.select(Columns.named(keys)).distinct()));
        }
        if (options.deletes() == Deletes.FAIL) {
            refuseDeletions(options, net, keys);
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

    /** Without a key, a row that was updated cannot be told from one that was deleted beside one that was added. */
    private static void refuseDeletions(Options options, SourceRows net, List<String> keys) {
        Dataset<Row> gone = net.gone().orElseThrow();
        Dataset<Row> deleted = keys.isEmpty() ? gone : gone.join(net.rows(), keys.toArray(String[]::new), "left_anti");
        if (!deleted.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.DATA_DELETES,
                    options.name().span(),
                    "Cannot follow the changes of " + options.name() + ": rows were deleted from it, and those made of"
                            + " them here cannot be found by its keys"
                            + (keys.isEmpty() ? ", for it has none" : " (" + String.join(", ", keys) + ")"),
                    "Write 'table: {name: " + options.name() + ", deletes: ignore}' to keep them, read it whole with"
                            + " 'read: all', or"
                            + (keys.isEmpty() ? "" : " carry its keys unchanged into the keys of this table, or")
                            + " run this pipeline once with --full-refresh when that table was rebuilt."));
        }
    }

    /** The versions that changed rows, after one and up to that which the run sees. */
    private static List<TableVersion> changes(Options options, PinnedTable table, long after, SourceContext context) {
        return LongStream.rangeClosed(after + 1, table.version())
                .mapToObj(number -> DeltaTables.version(context.spark(), table.location(), number)
                        .orElseThrow(() -> cleanedUp(options, number)))
                .filter(TableVersion::changesRows)
                .filter(version -> !(onlyInserts(version) && version.metric("numOutputRows") == 0))
                .toList();
    }

    /**
     * The version after which to read. Delta reads no feed across a version that gave rows wider types; what changed
     * after it is read from there.
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
                            + widening.get().number() + " gave rows wider types, and what changed before it was not"
                            + " read yet",
                    "Run this pipeline once with --full-refresh."));
        }
        return widening.map(TableVersion::number).orElse(after);
    }

    private static IngotException cleanedUp(Options options, long version) {
        return new IngotException(Diagnostic.error(
                Code.DATA_FEED,
                options.name().span(),
                "Cannot read the changes of " + options.name() + ": what its version " + version
                        + " changed was cleaned out of its history before it was read",
                "Run this pipeline once with --full-refresh."));
    }

    private static boolean onlyInserts(TableVersion version) {
        return version.operation().equals("WRITE")
                && "Append".equals(version.parameters().get("mode"));
    }

    private static void checkFeed(Options options, PinnedTable table, SourceContext context) {
        boolean fed = DeltaTables.find(context.spark(), table.location())
                .map(TableSnapshot::hasChangeFeed)
                .orElse(false);
        if (!fed) {
            throw new IngotException(Diagnostic.error(
                    Code.DATA_FEED,
                    options.name().span(),
                    "Cannot read the changes of " + options.name() + ": the table keeps no change feed",
                    "Remove 'change_feed: false' from its target, or read it whole with 'read: all'."));
        }
    }
}
