package dev.ingot.run.recovery;

import dev.ingot.component.input.PinnedTable;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.run.context.LakeContext;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.Lake;
import dev.ingot.state.LakeFiles;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The inputs of an earlier run, to be read once more: after its rollback, by pipelines that were fixed since.
 *
 * @param run the earlier run
 * @param batches the batches that it wrote, by table, oldest first; whether they still count or not
 */
public record Reproduction(String run, Map<TableId, List<BatchRecord>> batches) {

    public Reproduction {
        Objects.requireNonNull(run, "run");
        batches = Collections.unmodifiableMap(new TreeMap<>(batches));
    }

    /**
     * Reads the batches of a run from the records of a lake.
     *
     * @throws IngotException when the run wrote no table
     */
    public static Reproduction of(LakeContext context, String run) {
        LakeFiles files = context.files();
        Lake lake = context.lake();
        Map<TableId, List<BatchRecord>> batches = new TreeMap<>();
        Set<String> runs = new TreeSet<>(Collections.reverseOrder());
        for (String name : files.folders(lake.allBatches())) {
            TableId.parse(name).ifPresent(table -> {
                List<BatchRecord> settled = context.store(table).load().settled().stream()
                        .map(CommittedBatch::batch)
                        .toList();
                settled.forEach(batch -> runs.add(batch.run()));
                List<BatchRecord> own = settled.stream()
                        .filter(batch -> batch.run().equals(run))
                        .toList();
                if (!own.isEmpty()) {
                    batches.put(table, own);
                }
            });
        }
        if (batches.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                            Code.CONF_ARGUMENT,
                            SourceSpan.of("--reproduce"),
                            "Cannot reproduce '" + run + "': no table was written by such a run",
                            "'ingot history' lists the runs.")
                    .accepting(runs.stream().limit(5).toList(), run));
        }
        return new Reproduction(run, batches);
    }

    /** Returns the tables that the run wrote. */
    public Set<TableId> tables() {
        return batches.keySet();
    }

    /** Returns the logical date of the run. */
    public LocalDate date() {
        return LocalDate.parse(batches.values().iterator().next().get(0).date());
    }

    /** Returns the version of a table that the run read; empty when it did not read the table. */
    public Optional<PinnedTable> seen(TableId table) {
        return batches.values().stream()
                .flatMap(List::stream)
                .flatMap(batch -> Optional.ofNullable(batch.tables().get(table.toString())).stream())
                .findFirst();
    }
}
