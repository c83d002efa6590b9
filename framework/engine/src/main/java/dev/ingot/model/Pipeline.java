package dev.ingot.model;

import dev.ingot.component.KeyedOptions;
import dev.ingot.component.Trait;
import dev.ingot.definition.CheckSettings;
import dev.ingot.definition.OnViolation;
import dev.ingot.definition.PipelineFile;
import dev.ingot.definition.SourceSettings;
import dev.ingot.definition.StepSettings;
import dev.ingot.definition.TargetSettings;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import dev.ingot.options.OptionValues;
import dev.ingot.options.SqlText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pipeline with every option read.
 *
 * @param input the alias of the source that the first step reads
 * @param parameters the values that expressions may use as {@code :name}
 */
public record Pipeline(
        TableId id,
        SourceSpan span,
        PipelineFile file,
        Map<String, Bound<SourceSettings>> sources,
        String input,
        List<Bound<StepSettings>> steps,
        List<Bound<CheckSettings>> checks,
        Bound<TargetSettings> target,
        Map<String, Object> parameters) {

    public Pipeline {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(span, "span");
        Objects.requireNonNull(file, "file");
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        Objects.requireNonNull(input, "input");
        steps = List.copyOf(steps);
        checks = List.copyOf(checks);
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(parameters, "parameters");
    }

    /** Returns whether it makes a view, which stores no rows. */
    public boolean isView() {
        return target.component().has(Trait.VIEW);
    }

    /** Returns whether it is retired and no longer runs. */
    public boolean isArchived() {
        return file.archived();
    }

    /** Returns the default action for a row that violates a check or that a step rejects. */
    public OnViolation defaultAction() {
        return isView() ? OnViolation.FAIL : OnViolation.QUARANTINE;
    }

    /** Returns the options of a target with keys; empty for other targets. */
    public Optional<KeyedOptions> keyed() {
        return target.options() instanceof KeyedOptions keyed ? Optional.of(keyed) : Optional.empty();
    }

    /** Returns the key columns; empty when the target has none. */
    public List<ColumnName> keys() {
        return keyed().map(KeyedOptions::keys).orElse(List.of());
    }

    /** Returns the columns that together are unique in the table; empty when the target has no keys. */
    public List<String> identity() {
        return keyed().map(KeyedOptions::identity).orElse(List.of());
    }

    /** Returns the condition of the rows that delete their key. */
    public Optional<Expression> deleteWhen() {
        return keyed().flatMap(KeyedOptions::deleteWhen);
    }

    /** Returns a hash that changes with the pipeline's meaning, but not with comments, formatting or its path. */
    public String fingerprint() {
        return Fingerprint.of(List.of(
                new TreeMap<>(sources)
                        .entrySet().stream()
                                .map(source -> List.of(source.getKey(), meaning(source.getValue())))
                                .toList(),
                steps.stream().map(Pipeline::meaning).toList(),
                checks.stream().map(Pipeline::meaning).toList(),
                meaning(target),
                input,
                usedParameters()));
    }

    private static List<Object> meaning(Bound<?> bound) {
        return List.of(bound.component().title(), bound.options(), bound.settings());
    }

    /** Returns the parameters that expressions use, without those that differ in every run. */
    private String usedParameters() {
        return Stream.of(sources.values().stream(), steps.stream(), checks.stream(), Stream.of(target))
                .flatMap(parts -> parts)
                .flatMap(part -> Stream.of(part.options(), part.settings()))
                .flatMap(record -> OptionValues.of(record, Expression.class).stream())
                .flatMap(expression -> SqlText.parameters(expression.text()).stream())
                .filter(name -> !name.equals("run_id") && !name.equals("run_started_at"))
                .map(name -> name + "=" + parameters.get(name))
                .collect(Collectors.joining(","));
    }
}
