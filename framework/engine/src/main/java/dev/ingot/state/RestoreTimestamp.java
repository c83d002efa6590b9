package dev.ingot.state;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;

/** The moment in the parameters of a RESTORE, as Delta prints it: what a clock showed, in a zone that is not told. */
public final class RestoreTimestamp {

    /** The zone whose clocks show the latest hour. */
    public static final ZoneOffset AHEAD_OF_UTC = ZoneOffset.ofHours(14);

    /** The zone whose clocks show the earliest hour. */
    public static final ZoneOffset BEHIND_UTC = ZoneOffset.ofHours(-12);

    private RestoreTimestamp() {}

    static Instant parse(String text, ZoneOffset zone) {
        String bare = text.replace("\"", "").replace('T', ' ').replaceAll("Z$", "");
        String full = bare.length() == 10 ? bare + " 00:00:00" : bare;
        return Timestamp.valueOf(full).toLocalDateTime().toInstant(zone);
    }
}
