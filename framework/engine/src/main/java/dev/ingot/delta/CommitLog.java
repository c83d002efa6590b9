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
 * The commits of a table as the files of its log tell them: a file read for each, where Spark would run a job. Names and
 * content are those of the Delta protocol ("Delta Log Entries", "Last Checkpoint File", "Commit Provenance
 * Information").
 */
final class CommitLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSION = Pattern.compile("(\\d{20})\\.(json|checkpoint\\..*)");

    private final FileSystem files;
    private final Path folder;

    /** The log of the table at an address. */
    CommitLog(String location, Configuration hadoop) {
        folder = new Path(location, "_delta_log");
        try {
            files = folder.getFileSystem(hadoop);
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /** Whether there is a version. A folder without one is no table: whoever made it died before the first commit. */
    boolean exists() {
        try {
            return files.exists(file(0))
                    || files.exists(hint())
                    || newestListed().isPresent();
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /** Removes a folder without a version. One that arrives meanwhile keeps it: only an empty folder is deleted. */
    void removeUnborn() {
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

    /** The number of the newest version of a table that exists. */
    long newest() {
        try {
            Optional<Long> pointer = lastCheckpoint();
            long newest = pointer.isPresent()
                    ? pointer.get()
                    : files.exists(file(0)) ? 0 : newestListed().orElse(0L);
            while (files.exists(file(newest + 1))) {
                newest++;
            }
            return newest;
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /** The newest versions first, as far back as there are files; read one by one as they are asked for. */
    Stream<TableVersion> newestFirst() {
        return LongStream.iterate(newest(), number -> number >= 0, number -> number - 1)
                .mapToObj(this::version)
                .takeWhile(Optional::isPresent)
                .map(Optional::get);
    }

    /** A version; empty when its file was cleaned up or never was. */
    Optional<TableVersion> version(long number) {
        Path file = file(number);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
            JsonNode info = info(lines);
            Instant written = Instant.ofEpochMilli(
                    info.has("inCommitTimestamp")
                            ? info.get("inCommitTimestamp").asLong()
                            : files.getFileStatus(file).getModificationTime());
            return Optional.of(new TableVersion(
                    number,
                    written,
                    info.path("operation").asText(""),
                    texts(info.path("operationParameters")),
                    texts(info.path("operationMetrics")),
                    Optional.ofNullable(info.get("userMetadata")).map(JsonNode::asText)));
        } catch (FileNotFoundException gone) {
            return Optional.empty();
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    private static JsonNode info(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("{\"commitInfo\"")) {
                return JSON.readTree(line).get("commitInfo");
            }
        }
        return JSON.createObjectNode();
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.fields().forEachRemaining(field -> {
            if (!field.getValue().isNull()) {
                boolean plain = field.getValue().isValueNode();
                texts.put(
                        field.getKey(),
                        plain ? field.getValue().asText() : field.getValue().toString());
            }
        });
        return texts;
    }

    /** The pointer is a help and no more: where it is missing or damaged, the log is listed. */
    private Optional<Long> lastCheckpoint() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(files.open(hint()), StandardCharsets.UTF_8))) {
            JsonNode pointer = JSON.readTree(reader).path("version");
            return pointer.isIntegralNumber() ? Optional.of(pointer.asLong()) : Optional.empty();
        } catch (IOException missingOrDamaged) {
            return Optional.empty();
        }
    }

    /** For a log whose first versions were cleaned up and whose pointer to the checkpoint is lost. */
    private Optional<Long> newestListed() throws IOException {
        if (!files.exists(folder)) {
            return Optional.empty();
        }
        return Arrays.stream(files.listStatus(folder))
                .map(file -> VERSION.matcher(file.getPath().getName()))
                .filter(Matcher::matches)
                .map(name -> Long.valueOf(name.group(1)))
                .max(Long::compare);
    }

    private Path hint() {
        return new Path(folder, "_last_checkpoint");
    }

    private Path file(long version) {
        return new Path(folder, String.format(Locale.ROOT, "%020d.json", version));
    }

    private UncheckedIOException unreadable(IOException failed) {
        return new UncheckedIOException(
                "cannot read the log of the table at " + Objects.requireNonNull(folder.getParent()), failed);
    }
}
