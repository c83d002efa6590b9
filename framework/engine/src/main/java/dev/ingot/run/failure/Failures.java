package dev.ingot.run.failure;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns failures into diagnostics for the user: the cause, who can fix it, and how. */
public final class Failures {

    private static final Pattern CSV_HEADER = Pattern.compile(
            "CSV header does not conform to the schema\\.(?s:.*?)Header: ([^\\n]*)\\n\\s*Schema: ([^\\n]*)(?s:.*?)CSV file: (\\S+)");
    private static final Pattern CSV_COLUMNS = Pattern.compile(
            "Number of column in CSV header is not equal to number of fields in the schema:\\s*Header length: (\\d+), schema"
                    + " size: (\\d+)(?s:.*?)CSV file: (\\S+)");
    private static final Pattern CONSTRAINT = Pattern.compile(
            "(?:CHECK constraint (.*?) violated by row|NOT NULL constraint violated for column: ([^\\s.]+))");
    private static final Pattern DAMAGED_FILE = Pattern.compile("[Ee]rror while reading file (\\S+?)\\.(?:\\s|$)");
    private static final Pattern ERROR_CLASS = Pattern.compile("\\[([A-Z][A-Z_0-9.]+)\\] ([^\\n]*)");
    private static final Pattern USER_RAISED = Pattern.compile("(?:USER_RAISED_EXCEPTION\\] )?([^\\n]+)");

    private Failures() {}

    /** Returns the diagnostics of a failure at a place; INT-001, a bug in Ingot, when no known cause fits. */
    public static List<Diagnostic> explain(Throwable failure, SourceSpan place) {
        List<Throwable> chain = chain(failure);
        for (Throwable cause : chain) {
            if (cause instanceof IngotException known) {
                return known.diagnostics();
            }
        }
        Optional<Diagnostic> store = StorageFailures.explain(failure, place);
        if (store.isPresent()) {
            return List.of(store.get());
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            Diagnostic explained = diagnose(chain.get(i), place);
            if (explained != null) {
                return List.of(explained);
            }
        }
        Optional<String> damaged = chain.stream()
                .map(cause -> DAMAGED_FILE.matcher(String.valueOf(cause.getMessage())))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
        if (damaged.isPresent()) {
            return List.of(Diagnostic.error(
                    Code.ENV_STORAGE,
                    place,
                    "Cannot read " + damaged.get() + ": the file is damaged, or has another format than its name says",
                    "Restore it from a copy; if it belongs to a table, go back to a version without it by 'ingot"
                            + " rollback TABLE --to-version N'."));
        }
        Optional<Throwable> storage =
                chain.stream().filter(IOException.class::isInstance).reduce((outer, inner) -> inner);
        if (storage.isPresent()) {
            return List.of(Diagnostic.error(
                    Code.ENV_STORAGE,
                    place,
                    "Cannot read or write: storage failed (" + storageMessage(storage.get()) + ")",
                    "Check that it can be reached, then run again; nothing was lost."));
        }
        return List.of(Diagnostic.error(
                Code.INTERNAL,
                place,
                "Cannot continue: " + firstLine(String.valueOf(chain.get(chain.size() - 1))),
                "This looks like a bug in Ingot. Run again with --verbose and report what is printed."));
    }

    /** Returns the diagnostic for rows that violate a constraint. */
    public static Diagnostic constraintViolation(String constraint, SourceSpan place) {
        return refusedRows("rows violate the table's constraint " + constraint, place);
    }

    private static Diagnostic refusedRows(String why, SourceSpan place) {
        return Diagnostic.error(
                Code.DATA_CONSTRAINT,
                place,
                "Cannot write: " + why,
                "Quarantine such rows with a rule under 'quality:', or change the constraint under 'target:'; the table"
                        + " is unchanged.");
    }

    private static Diagnostic diagnose(Throwable cause, SourceSpan place) {
        String message = String.valueOf(cause.getMessage());
        Matcher constraint = CONSTRAINT.matcher(message);
        if (constraint.find()) {
            return constraint.group(1) == null
                    ? refusedRows("rows have no value in '" + constraint.group(2) + "', which may not be null", place)
                    : constraintViolation(constraint.group(1), place);
        }
        if (cause instanceof AccessDeniedException
                || cause.getClass().getSimpleName().equals("AccessControlException")
                || message.contains("Permission denied")
                || message.contains("Read-only file system")
                || message.startsWith("Mkdirs failed to create")) {
            return Diagnostic.error(
                    Code.ENV_DENIED,
                    place,
                    "Cannot read or write: permission denied (" + firstLine(message) + ")",
                    "Grant this user access, then run again; nothing was lost.");
        }
        if (message.contains("DELTA_CHANGE_DATA_FEED_INCOMPATIBLE")) {
            return Diagnostic.error(
                    Code.DATA_FEED,
                    place,
                    "Cannot read the changes of a source: the types of its columns changed in between",
                    "Run this pipeline once with --full-refresh.");
        }
        if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
            return Diagnostic.error(
                    Code.ENV_FULL,
                    place,
                    "Cannot write: no space is left on the device",
                    "Free some space, then run again; the table is unchanged and nothing was lost.");
        }
        if (cause.getClass().getName().startsWith("io.delta.exceptions.")
                || cause.getClass().getSimpleName().startsWith("Concurrent")) {
            return Diagnostic.error(
                    Code.ENV_CONFLICT,
                    place,
                    "Cannot commit: another writer changed the table at the same moment (" + firstLine(message) + ")",
                    "Run again; the batch is replayed unchanged.");
        }
        Matcher columns = CSV_COLUMNS.matcher(message);
        if (columns.find()) {
            return Diagnostic.error(
                    Code.DATA_UNREADABLE,
                    place,
                    "Cannot read " + columns.group(3).strip() + ": its header has " + columns.group(1)
                            + " columns, but the other files or 'schema:' have " + columns.group(2),
                    "Files with different columns cannot be read in one batch: run once for each of them, or put them"
                            + " under separate paths; nothing of this delivery was read.");
        }
        Matcher header = CSV_HEADER.matcher(message);
        if (header.find()) {
            return Diagnostic.error(
                    Code.DATA_UNREADABLE,
                    place,
                    "Cannot read " + header.group(3).strip() + ": its header ("
                            + header.group(1).strip() + ") differs from that of the other files or of 'schema:' ("
                            + header.group(2).strip() + ")",
                    "Fix the file, move it away, or change 'schema:'; nothing of this delivery was read.");
        }
        if (isDataError(cause, message)) {
            Matcher error = ERROR_CLASS.matcher(message);
            String reason = error.find() ? error.group(2) : userRaised(message);
            return Diagnostic.error(
                    Code.DATA_EXPRESSION,
                    place,
                    "Cannot compute a row: " + reason.replaceAll("\\s+SQLSTATE.*", ""),
                    "Use a try_ function, such as try_cast or try_divide, where a value may not fit, or filter out such"
                            + " rows before.");
        }
        return null;
    }

    /** Returns whether an expression failed on a value: Spark throws these types for ANSI errors and raise_error. */
    private static boolean isDataError(Throwable cause, String message) {
        String type = cause.getClass().getSimpleName();
        return type.startsWith("SparkArithmetic")
                || type.startsWith("SparkNumberFormat")
                || type.startsWith("SparkDateTime")
                || type.startsWith("SparkArrayIndex")
                || type.startsWith("SparkIllegalArgument")
                || type.startsWith("SparkUnsupportedOperation")
                || message.contains("USER_RAISED_EXCEPTION")
                || (type.equals("SparkRuntimeException")
                        && ERROR_CLASS.matcher(message).find());
    }

    private static String userRaised(String message) {
        Matcher raised = USER_RAISED.matcher(message);
        return raised.find() ? raised.group(1) : firstLine(message);
    }

    private static String storageMessage(Throwable storage) {
        if (storage instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        return firstLine(storage instanceof FileSystemException local ? local.getMessage() : String.valueOf(storage));
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    /** Returns a failure as an unchecked exception, because Spark throws checked ones without declaring them. */
    public static RuntimeException unchecked(Exception failure) {
        return failure instanceof RuntimeException already ? already : new IllegalStateException(failure);
    }

    /** Returns a failure and its causes, outermost first. */
    public static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }
}
