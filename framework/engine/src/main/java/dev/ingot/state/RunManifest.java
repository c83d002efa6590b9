package dev.ingot.state;

import dev.ingot.component.input.PinnedTable;
import dev.ingot.config.RunValues;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run reads: its values, and the version of every table that existed when it started. Written once; a retry
 * under the same id, or another task of the same run, reads it instead of resolving versions again. Next to it is a
 * file for each table that a task of the run has made since, with the version that later tasks read.
 *
 * @param reproduces the run whose inputs this one reads again; empty in an ordinary run
 * @param tables by {@code layer.table}
 */
public record RunManifest(
        String run, String date, String startedAt, String reproduces, Map<String, PinnedTable> tables) {

    public RunManifest {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(startedAt, "startedAt");
        reproduces = Objects.requireNonNullElse(reproduces, "");
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    }

    /**
     * Reads the manifest of a run; empty when the run has not started yet.
     *
     * @throws IngotException when the file is damaged
     */
    public static Optional<RunManifest> read(LakeFiles files, Lake lake, String run) {
        String address = lake.manifest(run);
        try {
            return files.read(address)
                    .map(text -> Json.read(text, RunManifest.class))
                    .map(manifest -> manifest.with(recordedTables(files, lake, run)));
        } catch (IllegalArgumentException damaged) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_STORAGE,
                    SourceSpan.of(address),
                    "Cannot read the table versions of the run: its manifest is damaged (" + damaged.getMessage() + ")",
                    "Run again with another '--run-id'."));
        }
    }

    /** Reads the manifests that were written after a time. */
    public static List<RunManifest> since(LakeFiles files, Lake lake, Instant moment) {
        return files.list(lake.manifests(), moment).stream()
                .flatMap(name -> read(files, lake, name.replaceFirst("\\.json$", "")).stream())
                .toList();
    }

    /** Records, for later tasks of the run, which version of a table it made or found to be up to date. */
    public static void recordTable(LakeFiles files, Lake lake, String run, TableId table, PinnedTable version) {
        files.write(lake.madeVersions(run) + "/" + table + ".json", Json.write(version));
    }

    private static Map<String, PinnedTable> recordedTables(LakeFiles files, Lake lake, String run) {
        Map<String, PinnedTable> made = new TreeMap<>();
        for (String file : files.list(lake.madeVersions(run))) {
            files.read(lake.madeVersions(run) + "/" + file)
                    .ifPresent(text -> made.put(file.replaceFirst("\\.json$", ""), Json.read(text, PinnedTable.class)));
        }
        return made;
    }

    private RunManifest with(Map<String, PinnedTable> made) {
        Map<String, PinnedTable> all = new TreeMap<>(tables);
        all.putAll(made);
        return new RunManifest(run, date, startedAt, reproduces, all);
    }

    /** Deletes the manifest of a run whose writes were rolled back. */
    public static void delete(LakeFiles files, Lake lake, String run) {
        files.delete(lake.madeVersions(run));
        files.delete(lake.manifest(run));
    }

    /** Creates the manifest of a new run. */
    public static RunManifest of(RunValues run, String reproduces, Map<TableId, PinnedTable> tables) {
        Map<String, PinnedTable> named = new TreeMap<>();
        tables.forEach((id, table) -> named.put(id.toString(), table));
        return new RunManifest(run.id(), run.date().toString(), run.startedAt().toString(), reproduces, named);
    }

    /** Writes the manifest unless another task of the run was faster; returns the stored one. */
    public RunManifest write(LakeFiles files, Lake lake) {
        return files.create(lake.manifest(run), Json.write(this))
                ? this
                : read(files, lake, run).orElse(this);
    }

    /** Returns the values of the run: those of its first task, whenever the others start. */
    public RunValues values() {
        return new RunValues(run, LocalDate.parse(date), Instant.parse(startedAt));
    }

    /** Returns the version of a table that the run reads; empty when the table did not exist. */
    public Optional<PinnedTable> table(TableId id) {
        return Optional.ofNullable(tables.get(id.toString()));
    }
}
