package dev.ingot.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads the commits of a table from the files of its Delta log: one file per commit, where Spark would run a job. File
 * names and content follow the Delta protocol ("Delta Log Entries", "Last Checkpoint File", "Commit Provenance
 * Information").
 */
final class CommitLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSION = Pattern.compile("(\\d{20})\\.(json|checkpoint\\..*)");

    private final FileSystem files;
    private final Path folder;

    /** Opens the log of the table at a path. */
    CommitLog(String location, Configuration hadoop) {
        folder = new Path(location, "_delta_log");
        try {
            files = folder.getFileSystem(hadoop);
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /** Returns whether the log has a version. Without one, the writer of the folder died before its first commit. */
    boolean exists() {
        try {
            return files.exists(file(0))
                    || files.exists(lastCheckpointFile())
                    || newestByListing().isPresent();
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /** Deletes a log folder without versions. A concurrent first commit is safe: only an empty folder is deleted. */
    void deleteUncommitted() {
        try {
            if (files.exists(folder)) {
                for (FileStatus file : files.listStatus(folder)) {
                    if (!VERSION.matcher(file.getPath().getName()).matches()) {
                        files.delete(file.getPath(), true);
                    }
                }
                files.delete(folder, false);
            }
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /** Returns the number of the newest version of an existing table. */
    long newest() {
        try {
            Optional<Long> pointer = lastCheckpoint();
            long newest = pointer.isPresent()
                    ? pointer.get()
                    : files.exists(file(0)) ? 0 : newestByListing().orElse(0L);
            while (files.exists(file(newest + 1))) {
                newest++;
            }
            return newest;
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /** Returns the versions, newest first, as far back as the log has files; each is read lazily. */
    Stream<TableVersion> newestFirst() {
        return LongStream.iterate(newest(), number -> number >= 0, number -> number - 1)
                .mapToObj(this::version)
                .takeWhile(Optional::isPresent)
                .map(Optional::get);
    }

    /** Reads a version; empty when its file was cleaned up or never existed. */
    Optional<TableVersion> version(long number) {
        Path file = file(number);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
            JsonNode commitInfo = commitInfo(lines);
            Instant written = Instant.ofEpochMilli(
                    commitInfo.has("inCommitTimestamp")
                            ? commitInfo.get("inCommitTimestamp").asLong()
                            : files.getFileStatus(file).getModificationTime());
            return Optional.of(new TableVersion(
                    number,
                    written,
                    commitInfo.path("operation").asText(""),
                    toStrings(commitInfo.path("operationParameters")),
                    toStrings(commitInfo.path("operationMetrics")),
                    Optional.ofNullable(commitInfo.get("userMetadata")).map(JsonNode::asText)));
        } catch (FileNotFoundException missing) {
            return Optional.empty();
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    private static JsonNode commitInfo(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("{\"commitInfo\"")) {
                return JSON.readTree(line).get("commitInfo");
            }
        }
        return JSON.createObjectNode();
    }

    private static Map<String, String> toStrings(JsonNode object) {
        Map<String, String> strings = new HashMap<>();
        object.fields().forEachRemaining(field -> {
            if (!field.getValue().isNull()) {
                boolean scalar = field.getValue().isValueNode();
                strings.put(
                        field.getKey(),
                        scalar ? field.getValue().asText() : field.getValue().toString());
            }
        });
        return strings;
    }

    /** Reads the version of the last checkpoint. Only a hint: when it is missing or damaged, the log is listed. */
    private Optional<Long> lastCheckpoint() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(files.open(lastCheckpointFile()), StandardCharsets.UTF_8))) {
            JsonNode pointer = JSON.readTree(reader).path("version");
            return pointer.isIntegralNumber() ? Optional.of(pointer.asLong()) : Optional.empty();
        } catch (IOException missingOrDamaged) {
            return Optional.empty();
        }
    }

    /** Finds the newest version by listing: the first versions were cleaned up, and the checkpoint pointer is lost. */
    private Optional<Long> newestByListing() throws IOException {
        if (!files.exists(folder)) {
            return Optional.empty();
        }
        return Arrays.stream(files.listStatus(folder))
                .map(file -> VERSION.matcher(file.getPath().getName()))
                .filter(Matcher::matches)
                .map(name -> Long.valueOf(name.group(1)))
                .max(Long::compare);
    }

    private Path lastCheckpointFile() {
        return new Path(folder, "_last_checkpoint");
    }

    private Path file(long version) {
        return new Path(folder, String.format(Locale.ROOT, "%020d.json", version));
    }

    private UncheckedIOException unreadable(IOException failed) {
        return new UncheckedIOException(
                "cannot read the Delta log of the table at " + Objects.requireNonNull(folder.getParent()), failed);
    }
}
