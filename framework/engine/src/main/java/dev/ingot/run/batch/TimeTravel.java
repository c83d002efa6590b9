package dev.ingot.run.batch;

import dev.ingot.component.input.AsOf;
import dev.ingot.component.input.Input;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.definition.SourceSettings;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.model.Bound;
import dev.ingot.names.TableId;
import dev.ingot.options.OptionValues;
import dev.ingot.options.TableName;
import dev.ingot.run.context.LakeContext;
import dev.ingot.state.CommitMetadata;
import dev.ingot.state.RunManifest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Finds the version of a table at a past moment. */
public record TimeTravel(LakeContext context) {

    /**
     * Returns the version of an existing table at a moment.
     *
     * @param place where the moment is declared
     * @throws IngotException when the table did not exist then, or the version or a file of it was cleaned up
     */
    public long version(TableId table, AsOf moment, SourceSpan place) {
        SparkSession spark = context.spark();
        String location = context.lake().table(table);
        long version = moment.version()
                .or(() -> moment.instant().map(at -> asOfTime(location, at, table, place)))
                .orElseGet(() -> asOfRun(location, moment.run().orElseThrow(), table, place));
        long newest = DeltaTables.newest(spark, location);
        if (version < 0 || version > newest) {
            throw unavailable(
                    table, place, "its newest version is " + newest + ", but version " + version + " is requested");
        }
        if (DeltaTables.version(spark, location, version).isEmpty()) {
            throw unavailable(table, place, "version " + version + " was cleaned up from its history");
        }
        Optional<String> missing =
                version == newest ? Optional.empty() : VersionAvailability.missing(spark, location, version);
        if (missing.isPresent()) {
            throw unavailable(table, place, "version " + version + " cannot be read, because " + missing.get());
        }
        return version;
    }

    /** Returns a source's table at the moment that the source declares. */
    Input input(Bound<SourceSettings> source, PinnedTable table) {
        TableName name = OptionValues.of(source.options(), TableName.class).get(0);
        long version = version(name.id(), source.settings().asOf().orElseThrow(), source.span());
        return new Input.Snapshot(name.toString(), table.tableId(), version);
    }

    private long asOfTime(String location, Instant moment, TableId table, SourceSpan place) {
        List<TableVersion> history = DeltaTables.history(context.spark(), location);
        return history.stream()
                .filter(version -> !version.timestamp().isAfter(moment))
                .findFirst()
                .map(TableVersion::number)
                .orElseThrow(() -> unavailable(
                        table,
                        place,
                        "its history begins at "
                                + history.get(history.size() - 1).timestamp() + ", after " + moment));
    }

    /** Returns the last version that a run wrote; or, where it wrote none, the version that it read. */
    private long asOfRun(String location, String run, TableId table, SourceSpan place) {
        Optional<Long> written = DeltaTables.newestFirst(context.spark(), location)
                .filter(version -> CommitMetadata.madeBy(run, version))
                .map(TableVersion::number)
                .findFirst();
        return written.or(() -> RunManifest.read(context.files(), context.lake(), run)
                        .flatMap(manifest -> manifest.table(table))
                        .map(PinnedTable::version))
                .orElseThrow(() -> unavailable(table, place, "run " + run + " neither wrote nor read it"));
    }

    private static IngotException unavailable(TableId table, SourceSpan place, String reason) {
        return new IngotException(Diagnostic.error(
                Code.PLAN_VERSION,
                place,
                "Cannot read a past version of " + table + ": " + reason,
                "'ingot history " + table + "' lists its versions."));
    }
}
