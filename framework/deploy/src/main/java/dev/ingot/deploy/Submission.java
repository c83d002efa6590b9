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
 * A run to be started on a platform.
 *
 * @param runId the run's name; a second submission of the same under it finds the first run, unless that ended badly
 * @param selection what to run, in the words of the command line; empty means the whole job
 * @param date the logical date, where it is not the day of the run
 */
public record Submission(
        String runId,
        List<String> selection,
        Optional<LocalDate> date,
        Map<String, String> variables,
        Refresh refresh) {

    /** Whether the run reads what is new or builds its tables anew. */
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

    /** What is asked for, whatever the run's name, as 12 hexadecimal digits: others for another request. */
    public String fingerprint() {
        Map<String, Object> request = new TreeMap<>();
        request.put("selection", new TreeSet<>(selection));
        request.put("date", date.map(LocalDate::toString).orElse(""));
        request.put("variables", new TreeMap<>(variables));
        request.put("refresh", refresh.name());
        return Sha256.of(TextFiles.json(request)).substring(0, 12);
    }
}
