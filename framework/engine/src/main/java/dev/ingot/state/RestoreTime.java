package dev.ingot.state;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;

/** The moment in the parameters of a RESTORE, as Delta prints it: a timestamp in the session's zone, which is UTC. */
final class RestoreTime {

    private RestoreTime() {}

    static Instant parse(String text) {
        String bare = text.replace("\"", "").replace('T', ' ').replaceAll("Z$", "");
        String full = bare.length() == 10 ? bare + " 00:00:00" : bare;
        return Timestamp.valueOf(full).toLocalDateTime().toInstant(ZoneOffset.UTC);
    }
}
