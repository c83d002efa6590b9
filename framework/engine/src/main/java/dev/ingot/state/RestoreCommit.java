package dev.ingot.state;

import dev.ingot.delta.TableVersion;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/**
 * A RESTORE of a table, which undoes all versions between its target and itself.
 *
 * @param version the version that the RESTORE made
 * @param to the version that it restored
 */
public record RestoreCommit(String tableId, long version, long to) {

    private static final String OPERATION = "RESTORE";

    public RestoreCommit {
        Objects.requireNonNull(tableId, "tableId");
    }

    /** Returns whether a version is a RESTORE. */
    public static boolean is(TableVersion version) {
        return version.operation().equals(OPERATION);
    }

    /** Returns whether a version is a RESTORE to a timestamp rather than to a version. */
    public static boolean isByTime(TableVersion version) {
        return is(version) && !version.parameters().getOrDefault("version", "").matches("\\d+");
    }

    /**
     * Returns the RESTOREs in a history.
     *
     * @param history at least as far back as a RESTORE to a timestamp may reach
     * @param zone the time zone of a RESTORE to a timestamp; Delta records the timestamp without it
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
