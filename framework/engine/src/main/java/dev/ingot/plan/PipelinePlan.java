package dev.ingot.plan;

import dev.ingot.component.SnapshotOptions;
import dev.ingot.component.input.ReadMode;
import dev.ingot.definition.SourceSettings;
import dev.ingot.definition.TargetSettings;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.model.Bound;
import dev.ingot.model.Pipeline;
import dev.ingot.names.TableId;
import dev.ingot.options.OptionValues;
import dev.ingot.options.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Describes the plan of one pipeline: what it reads and by which route it writes.
 *
 * @param definition the pipeline with every name resolved
 * @param reads how much of each source a batch reads, by alias
 * @param tables the tables of this lake that its sources, steps and checks read, quarantines included
 * @param landing whether rows enter the lake here and so get the technical columns
 */
public record PipelinePlan(
        Pipeline definition, Map<String, ReadMode> reads, Set<TableId> tables, Route route, Landing landing) {

    /** Whether a pipeline's rows come from outside the lake. */
    public enum Landing {
        FROM_OUTSIDE,
        FROM_THE_LAKE
    }

    public PipelinePlan {
        Objects.requireNonNull(definition, "definition");
        reads = Collections.unmodifiableMap(new LinkedHashMap<>(reads));
        tables = Collections.unmodifiableSet(new TreeSet<>(tables));
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(landing, "landing");
    }

    public TableId id() {
        return definition.id();
    }

    public Bound<TargetSettings> target() {
        return definition.target();
    }

    public SourceSpan span() {
        return definition.span();
    }

    public String fingerprint() {
        return definition.fingerprint();
    }

    public boolean isView() {
        return definition.isView();
    }

    public boolean isArchived() {
        return definition.isArchived();
    }

    /** Returns the tables whose pipelines must run before this one. */
    public Set<TableId> dependsOn() {
        return tables.stream().map(TableId::maker).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the table of this lake that a source reads; empty when it reads something else. */
    public static Optional<TableId> tableOf(Bound<SourceSettings> source) {
        return OptionValues.of(source.options(), TableName.class).stream()
                .map(TableName::id)
                .findFirst();
    }

    /** Returns whether each batch is one full snapshot of the input, processed in order. */
    public boolean snapshotPerBatch() {
        return definition.sources().get(definition.input()).options() instanceof SnapshotOptions snapshots
                && snapshots.snapshotPerBatch();
    }

    /** Returns whether each batch holds every row of the input. */
    public boolean readsFullSnapshot() {
        return snapshotPerBatch() || inputMode() == ReadMode.ALL;
    }

    /** Returns how much of the input a batch reads. */
    public ReadMode inputMode() {
        return reads.get(definition.input());
    }
}
