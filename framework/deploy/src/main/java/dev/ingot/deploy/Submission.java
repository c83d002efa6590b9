package dev.ingot.deploy;

import dev.ingot.names.Sha256;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A request to start a run on a platform.
 *
 * @param runId the run id; an identical second submission finds the first run, unless that failed or was cancelled
 * @param selection what to run, in the selection syntax of the command line; empty means the whole job
 * @param date the logical date; empty means the day of the run
 */
public record Submission(
        String runId,
        List<String> selection,
        Optional<LocalDate> date,
        Map<String, String> variables,
        Refresh refresh) {

    /** Selects an incremental run or a rebuild of its tables. */
    public enum Refresh {
        NEW,
        FULL
    }

    public Submission {
        Objects.requireNonNull(runId, "runId");
        selection = List.copyOf(selection);
        Objects.requireNonNull(date, "date");
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        Objects.requireNonNull(refresh, "refresh");
    }

    /** Returns a hash of everything but the run id, as 12 hexadecimal digits. */
    public String fingerprint() {
        Map<String, Object> request = new TreeMap<>();
        request.put("selection", new TreeSet<>(selection));
        request.put("date", date.map(LocalDate::toString).orElse(""));
        request.put("variables", new TreeMap<>(variables));
        request.put("refresh", refresh.name());
        return Sha256.of(TextFiles.json(request)).substring(0, 12);
    }
}
