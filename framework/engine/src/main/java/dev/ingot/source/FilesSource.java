package dev.ingot.source;

import dev.ingot.component.FileBased;
import dev.ingot.component.Named;
import dev.ingot.component.SnapshotOptions;
import dev.ingot.component.Source;
import dev.ingot.component.SourceContext;
import dev.ingot.component.Trait;
import dev.ingot.component.input.Cursor;
import dev.ingot.component.input.Input;
import dev.ingot.component.input.ReadMode;
import dev.ingot.component.input.SourceRows;
import dev.ingot.component.rows.TechnicalColumns;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the files of a folder or glob on any Hadoop file system. Each file is read exactly once, however late it
 * arrives; its path identifies it. A row that cannot be parsed is diverted with its text, an unreadable file with its
 * name.
 */
@Named(
        value = "files",
        summary = "Files under a folder or glob; read: new reads each file exactly once.",
        example = "files: {path: landing/flights, format: csv}",
        traits = Trait.OUTSIDE)
public final class FilesSource implements Source<FilesSource.Options> {

    /** The rule violated by a row or file that cannot be read. */
    static final String READABLE = "readable";

    /** A file modified less than this many milliseconds ago may still be being written. */
    private static final long STABLE_AFTER_MILLIS = 1000;

    /** The supported file formats. */
    public enum Format {
        CSV,
        JSON,
        PARQUET;

        /** Returns whether a record is text, which is kept when it cannot be parsed. */
        boolean isText() {
            return this != PARQUET;
        }
    }

    /** The options: where the files are and how they are read. */
    public record Options(
            @Option(
                    description = "A folder, file or glob; a relative path is below the project.",
                    example = "landing/flights")
            String path,

            @Option(description = "The files' format.", example = "csv")
            Format format,

            @Option(
                    description = "Options of Spark's reader for the format. CSV files have a header unless"
                            + " 'header: false' is set.",
                    example = "{multiLine: true}")
            Map<String, String> options,

            @Option(
                    description = "The columns as Spark DDL. Default: CSV columns are text named by the header,"
                            + " Parquet files contain their schema, JSON is inferred.",
                    example = "id BIGINT, name STRING")
            Optional<Expression> schema,

            @Option(
                    description = "Declares that each file, or all files of each folder, are a full snapshot of the"
                            + " source; each snapshot is a separate batch, in the order of the paths.",
                    example = "one_per_file")
            Optional<SnapshotOrder> snapshots)
            implements SnapshotOptions, FileBased {

        /** Reader options that Ingot sets. Declared here because the component cannot be loaded without Spark. */
        private static final List<String> RESERVED = List.of("mode", "columnnameofcorruptrecord", "path", "schema");

        public Options {
            options.keySet().stream()
                    .filter(key -> RESERVED.contains(key.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .ifPresent(key -> {
                        throw new IllegalArgumentException("the reader option '" + key + "' is set by Ingot itself");
                    });
        }

        @Override
        public boolean snapshotPerBatch() {
            return snapshots.isPresent();
        }
    }

    @Override
    public StructType schema(Options options, SourceContext context) {
        // Declared columns need no file listing.
        List<Input.File> files = new ArrayList<>(options.schema().isPresent() ? List.of() : list(options, context));
        // The newest files first: the next ones will most likely have the same columns.
        files.sort(Comparator.comparingLong(Input.File::modified)
                .thenComparing(Input.File::path)
                .reversed());
        return new FileRows(options, context).columns(files).add(TechnicalColumns.SOURCE_FILE, DataTypes.StringType);
    }

    @Override
    public Optional<Input> pending(Options options, ReadMode mode, Cursor read, SourceContext context) {
        List<Input.File> found = list(options, context);
        if (mode == ReadMode.ALL) {
            List<Input.File> all = stable(found, context);
            return sameAsLast(all, read) ? Optional.empty() : Optional.of(new Input.Files(all, List.of()));
        }
        Map<String, Input.File> seen = new HashMap<>();
        read.inputs().stream().map(Input.Files.class::cast).forEach(earlier -> {
            earlier.files().forEach(file -> seen.put(file.path(), file));
            earlier.unreadable().forEach(file -> seen.put(file.path(), file));
        });
        List<Input.File> unread = new ArrayList<>();
        for (Input.File file : found) {
            Input.File before = seen.get(file.path());
            if (before == null) {
                unread.add(file);
            } else if (!before.equals(file)) {
                context.warn(
                        "The file " + file.path()
                                + " was changed after it had been read; it is not read again. Deliver changes under a new name.");
            }
        }
        List<Input.File> chosen = options.snapshots()
                .map(order -> order.next(unread, List.copyOf(seen.values()), context::warn))
                .orElse(unread);
        List<Input.File> stable = stable(chosen, context);
        boolean partial = options.snapshotPerBatch() && stable.size() < chosen.size();
        return stable.isEmpty() || partial ? Optional.empty() : Optional.of(new Input.Files(stable, List.of()));
    }

    private static boolean sameAsLast(List<Input.File> files, Cursor read) {
        if (read.inputs().isEmpty()) {
            return false;
        }
        Input.Files last = (Input.Files) read.inputs().get(read.inputs().size() - 1);
        Set<Input.File> before = new HashSet<>(last.files());
        before.addAll(last.unreadable());
        return before.equals(new HashSet<>(files));
    }

    @Override
    public SourceRows read(Options options, Input input, SourceContext context) {
        Input.Files files = (Input.Files) input;
        divertUnreadable(files.unreadable(), context);
        return SourceRows.of(new FileRows(options, context).read(files.files()));
    }

    @Override
    public boolean reads(Options options, Input input) {
        return input instanceof Input.Files;
    }

    @Override
    public boolean available(Options options, Input input, SourceContext context) {
        FileListing listing = new FileListing(context.hadoop());
        for (Input.File file : ((Input.Files) input).files()) {
            try {
                if (!listing.stat(file.path()).equals(file)) {
                    return false;
                }
            } catch (IOException gone) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Input withoutUnreadable(Options options, Input input, SourceContext context) {
        Input.Files files = (Input.Files) input;
        FileRows rows = new FileRows(options, context);
        List<Input.File> good = new ArrayList<>();
        List<Input.File> bad = new ArrayList<>(files.unreadable());
        for (Input.File file : files.files()) {
            (rows.isReadable(file) ? good : bad).add(file);
        }
        return new Input.Files(good, bad);
    }

    private static void divertUnreadable(List<Input.File> unreadable, SourceContext context) {
        if (!unreadable.isEmpty()) {
            StructType columns = new StructType()
                    .add("file", DataTypes.StringType)
                    .add("size", DataTypes.LongType)
                    .add(TechnicalColumns.SOURCE_FILE, DataTypes.StringType);
            List<Row> rows = unreadable.stream()
                    .map(file -> RowFactory.create(file.path(), file.size(), file.path()))
                    .toList();
            context.divert(context.spark().createDataFrame(rows, columns), functions.lit(true), READABLE);
        }
    }

    private static List<Input.File> list(Options options, SourceContext context) {
        String address = context.address(options.path());
        SourceSpan place = SourceSpan.of(context.pipelineFile());
        try {
            return new FileListing(context.hadoop()).list(address);
        } catch (FileNotFoundException missing) {
            throw new IngotException(Diagnostic.error(
                    Code.PLAN_PATH,
                    place,
                    "Cannot read files: nothing exists at '" + options.path() + "' (" + address + ")",
                    "Create the folder, or correct 'path:' under 'files:'. A relative path is below the project."));
        } catch (AccessDeniedException | AccessControlException denied) {
            if (denied.getCause() != null) {
                // The cause is an object store's error, which has more detail.
                throw new UncheckedIOException("cannot list " + address, denied);
            }
            throw new IngotException(Diagnostic.error(
                    Code.ENV_DENIED,
                    place,
                    "Cannot list '" + options.path() + "': permission denied",
                    "Grant this user read permission on it."));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot list " + address, failed);
        }
    }

    /** Returns the files that no longer change; leaves a file that is still being written for the next run. */
    private static List<Input.File> stable(List<Input.File> files, SourceContext context) {
        long threshold = System.currentTimeMillis() - STABLE_AFTER_MILLIS;
        if (files.stream().noneMatch(file -> file.modified() > threshold)) {
            return files;
        }
        try {
            Thread.sleep(STABLE_AFTER_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        FileListing listing = new FileListing(context.hadoop());
        List<Input.File> stable = new ArrayList<>();
        for (Input.File file : files) {
            try {
                if (listing.stat(file.path()).equals(file)) {
                    stable.add(file);
                } else {
                    context.warn("The file " + file.path() + " is still being written; it is left for the next run.");
                }
            } catch (IOException vanished) {
                context.warn("The file " + file.path() + " disappeared before it could be read.");
            }
        }
        return stable;
    }
}
