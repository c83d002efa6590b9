package dev.ingot.state;

import dev.ingot.delta.TableVersion;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/**
 * A RESTORE of a table: what came between the version that it went to and its own does not count any more.
 *
 * @param version the version that the RESTORE is
 * @param to the version that it went to
 */
public record RestoreCommit(String tableId, long version, long to) {

    private static final String OPERATION = "RESTORE";

    public RestoreCommit {
        Objects.requireNonNull(tableId, "tableId");
    }

    /** Whether a version is a RESTORE. */
    public static boolean is(TableVersion version) {
        return version.operation().equals(OPERATION);
    }

    /** Whether a version is a RESTORE that names a time, and not the version that it went to. */
    public static boolean isByTime(TableVersion version) {
        return is(version) && !version.parameters().getOrDefault("version", "").matches("\\d+");
    }

    /**
     * The RESTOREs in a history.
     *
     * @param history as far back as a RESTORE by time may have gone
     * @param zone of the clock that a RESTORE by time speaks of; Delta keeps the time without its zone
     */
    public static List<RestoreCommit> in(String tableId, List<TableVersion> history, ZoneOffset zone) {
        return history.stream()
                .filter(RestoreCommit::is)
                .map(version -> new RestoreCommit(tableId, version.number(), to(version, history, zone)))
                .toList();
    }

    private static long to(TableVersion restore, List<TableVersion> history, ZoneOffset zone) {
        String version = restore.parameters().getOrDefault("version", "");
        if (version.matches("\\d+")) {
            return Long.parseLong(version);
        }
        String timestamp = restore.parameters().getOrDefault("timestamp", "");
        return history.stream()
                .filter(each -> each.number() < restore.number())
                .filter(each -> !each.timestamp().isAfter(RestoreTimestamp.parse(timestamp, zone)))
                .mapToLong(TableVersion::number)
                .max()
                .orElse(0);
    }
}
