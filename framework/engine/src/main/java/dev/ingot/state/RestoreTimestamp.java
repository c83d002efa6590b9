package dev.ingot.state;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;

/** Parses the timestamp in the parameters of a RESTORE, which Delta prints as a local time without its zone. */
public final class RestoreTimestamp {

    /** The time zone furthest ahead of UTC. */
    public static final ZoneOffset AHEAD_OF_UTC = ZoneOffset.ofHours(14);

    /** The time zone furthest behind UTC. */
    public static final ZoneOffset BEHIND_UTC = ZoneOffset.ofHours(-12);

    private RestoreTimestamp() {}

    static Instant parse(String text, ZoneOffset zone) {
        String bare = text.replace("\"", "").replace('T', ' ').replaceAll("Z$", "");
        String full = bare.length() == 10 ? bare + " 00:00:00" : bare;
        return Timestamp.valueOf(full).toLocalDateTime().toInstant(zone);
    }
}
