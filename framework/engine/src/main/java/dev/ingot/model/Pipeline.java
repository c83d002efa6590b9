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
 * A pipeline whose every word is understood.
 *
 * @param input the alias of the source where the steps start
 * @param parameters what expressions may use as {@code :name}
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

    /** Whether it has no rows of its own. */
    public boolean isView() {
        return target.component().has(Trait.VIEW);
    }

    /** Whether it is out of use. */
    public boolean isArchived() {
        return file.archived();
    }

    /** What happens to a row that violates a rule or does not fit a step, unless something else is said. */
    public OnViolation presetAction() {
        return isView() ? OnViolation.FAIL : OnViolation.QUARANTINE;
    }

    /** What identifies the rows, where the target has keys. */
    public Optional<KeyedOptions> keyed() {
        return target.options() instanceof KeyedOptions keyed ? Optional.of(keyed) : Optional.empty();
    }

    /** The columns that identify what a row speaks of; empty when there are none. */
    public List<ColumnName> keys() {
        return keyed().map(KeyedOptions::keys).orElse(List.of());
    }

    /** The columns by which the table holds one row each; empty when it has none. */
    public List<String> identity() {
        return keyed().map(KeyedOptions::identity).orElse(List.of());
    }

    /** The condition of rows which say that what they identify is gone. */
    public Optional<Expression> deleteWhen() {
        return keyed().flatMap(KeyedOptions::deleteWhen);
    }

    /** Changes when what the pipeline does changes, and not with comments, formatting or the file's place. */
    public String fingerprint() {
        return Fingerprint.of(List.of(
                new TreeMap<>(sources)
                        .entrySet().stream()
                                .map(source -> List.of(source.getKey(), essence(source.getValue())))
                                .toList(),
                steps.stream().map(Pipeline::essence).toList(),
                checks.stream().map(Pipeline::essence).toList(),
                essence(target),
                input,
                usedParameters()));
    }

    private static List<Object> essence(Bound<?> bound) {
        return List.of(bound.component().title(), bound.options(), bound.settings());
    }

    /** The values that expressions use, as far as they may stay the same from run to run. */
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
