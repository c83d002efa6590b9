package dev.ingot.model;

import dev.ingot.component.Keyed;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.options.ColumnName;
import dev.ingot.spec.CheckWords;
import dev.ingot.spec.PipelineFile;
import dev.ingot.spec.SourceWords;
import dev.ingot.spec.StepWords;
import dev.ingot.spec.TargetWords;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A pipeline whose every word is understood.
 *
 * @param input the alias of the source where the steps start
 * @param fingerprint changes when what the pipeline does changes, and not with comments or formatting
 */
public record Pipeline(
        TableId id,
        SourceSpan span,
        PipelineFile file,
        Map<String, Bound<SourceWords>> sources,
        String input,
        List<Bound<StepWords>> steps,
        List<Bound<CheckWords>> checks,
        Bound<TargetWords> target,
        String fingerprint) {

    public Pipeline {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(span, "span");
        Objects.requireNonNull(file, "file");
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        Objects.requireNonNull(input, "input");
        steps = List.copyOf(steps);
        checks = List.copyOf(checks);
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(fingerprint, "fingerprint");
    }

    /** The columns by which the table holds one row each; empty when it has none. */
    public List<ColumnName> keys() {
        return target.options() instanceof Keyed keyed ? keyed.keys() : List.of();
    }
}
