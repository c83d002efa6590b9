package dev.ingot.state;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.ingot.component.input.Input;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.config.RunValues;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The write-ahead record of a batch: what it reads, recorded before it is read, so that a replay reads the same.
 *
 * @param number the number of the batch, counted per pipeline from 1
 * @param run the run that started the batch; its values apply to every replay
 * @param date the run's logical date, ISO
 * @param startedAt the time at which that run started, ISO
 * @param fingerprint of the pipeline that started the batch
 * @param refreshMode whether the batch adds to the table or rebuilds it
 * @param inputs exactly what is read, by the source's alias
 * @param tables the versions at which tables of the lake are read or looked up, by {@code layer.table}
 */
public record BatchRecord(
        long number,
        String pipeline,
        String run,
        String date,
        String startedAt,
        String fingerprint,
        @JsonAlias("scope") RefreshMode refreshMode,
        Map<String, Input> inputs,
        Map<String, PinnedTable> tables) {

    public BatchRecord {
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(refreshMode, "refreshMode");
        inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    }

    /** Returns a copy of the batch that reads other inputs, under a new number. */
    public BatchRecord reading(long newNumber, Map<String, Input> newInputs) {
        return new BatchRecord(newNumber, pipeline, run, date, startedAt, fingerprint, refreshMode, newInputs, tables);
    }

    /** Returns the tables of the lake that the batch reads or looks up, each at the newest version that it reads. */
    public List<PinnedTable> reads() {
        List<PinnedTable> reads = new ArrayList<>();
        tables.forEach((name, pinned) -> reads.add(new PinnedTable(name, pinned.tableId(), pinned.version())));
        for (Input input : inputs.values()) {
            if (input instanceof Input.Snapshot snapshot) {
                reads.add(new PinnedTable(snapshot.table(), snapshot.tableId(), snapshot.version()));
            } else if (input instanceof Input.Changes changes) {
                reads.add(new PinnedTable(changes.table(), changes.tableId(), changes.until()));
            }
        }
        return reads;
    }

    /** Returns the values for placeholders and expressions of this batch, the same in every attempt. */
    @JsonIgnore
    public RunValues runValues() {
        return new RunValues(run, LocalDate.parse(date), Instant.parse(startedAt));
    }
}
