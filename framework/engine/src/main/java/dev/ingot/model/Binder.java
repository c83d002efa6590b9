package dev.ingot.model;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.component.ComponentEntry;
import dev.ingot.component.ComponentKind;
import dev.ingot.component.Trait;
import dev.ingot.config.Layer;
import dev.ingot.config.Project;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.names.TableId;
import dev.ingot.options.Expression;
import dev.ingot.options.OptionValues;
import dev.ingot.options.OptionsReader;
import dev.ingot.options.RecordShape;
import dev.ingot.options.SqlText;
import dev.ingot.options.ValueScope;
import dev.ingot.spec.CheckWords;
import dev.ingot.spec.OnViolation;
import dev.ingot.spec.PartSpec;
import dev.ingot.spec.PipelineSpec;
import dev.ingot.spec.SourceWords;
import dev.ingot.spec.StepWords;
import dev.ingot.spec.TargetWords;
import dev.ingot.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns specs into pipelines: reads every option into its component's record. Reports all that does not fit. */
public final class Binder {

    private final Project project;
    private final ComponentCatalog catalog;
    private final Diagnostics diagnostics;

    public Binder(Project project, ComponentCatalog catalog, Diagnostics diagnostics) {
        this.project = Objects.requireNonNull(project, "project");
        this.catalog = Objects.requireNonNull(catalog, "catalog");
        this.diagnostics = Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /** The pipeline; empty when something is wrong, which is then reported. */
    public Optional<Pipeline> bind(PipelineSpec spec) {
        long errorsBefore = diagnostics.errorCount();
        ValueScope scope =
                new PipelineScope(project.values(), project.root(), spec.path().getParent());
        OptionsReader reader = new OptionsReader(scope, diagnostics);
        Map<String, Bound<SourceWords>> sources = new LinkedHashMap<>();
        spec.sources().forEach((alias, source) -> {
            checkAlias(alias, source);
            part(ComponentKind.SOURCE, source, SourceWords.class, reader)
                    .ifPresent(bound -> sources.put(alias, bound));
        });
        List<Bound<StepWords>> steps = parts(ComponentKind.TRANSFORMATION, spec.steps(), StepWords.class, reader);
        List<Bound<CheckWords>> checks = parts(ComponentKind.CHECK, spec.checks(), CheckWords.class, reader);
        steps.forEach(this::checkStep);
        checks.forEach(this::checkRule);
        Optional<Bound<TargetWords>> target = target(spec, reader);
        Optional<TableId> id = target.flatMap(bound -> id(spec, bound.words()));
        if (diagnostics.errorCount() > errorsBefore || id.isEmpty()) {
            return Optional.empty();
        }
        String input = spec.words()
                .input()
                .orElseGet(() -> spec.sources().keySet().iterator().next());
        String fingerprint = Fingerprint.of(sources.values().stream()
                        .map(Binder::essence)
                        .collect(Collectors.joining())
                + steps.stream().map(Binder::essence).collect(Collectors.joining())
                + checks.stream().map(Binder::essence).collect(Collectors.joining())
                + essence(target.get())
                + input
                + parameters(sources.values(), steps, checks));
        return Optional.of(new Pipeline(
                id.get(), spec.span(), spec.words(), sources, input, steps, checks, target.get(), fingerprint));
    }

    private static String essence(Bound<?> bound) {
        return bound.component().name() + bound.options() + bound.words() + "\n";
    }

    /** The values that expressions use, as far as they may stay the same from run to run. */
    private String parameters(
            Collection<Bound<SourceWords>> sources, List<Bound<StepWords>> steps, List<Bound<CheckWords>> checks) {
        return Stream.of(sources.stream(), steps.stream(), checks.stream())
                .flatMap(parts -> parts)
                .flatMap(part -> Stream.of(part.options(), part.words()))
                .flatMap(record -> OptionValues.of(record, Expression.class).stream())
                .flatMap(expression -> SqlText.parameters(expression.text()).stream())
                .filter(name -> !name.equals("run_id") && !name.equals("run_started_at"))
                .map(name -> name + "=" + project.values().parameterValues().get(name))
                .collect(Collectors.joining(","));
    }

    private <W extends Record> List<Bound<W>> parts(
            ComponentKind kind, List<PartSpec> specs, Class<W> words, OptionsReader reader) {
        List<Bound<W>> parts = new ArrayList<>();
        specs.forEach(spec -> part(kind, spec, words, reader).ifPresent(parts::add));
        return parts;
    }

    private <W extends Record> Optional<Bound<W>> part(
            ComponentKind kind, PartSpec spec, Class<W> wordsType, OptionsReader reader) {
        ComponentEntry component = catalog.find(kind, spec.name()).orElseThrow();
        Optional<? extends Record> options =
                reader.read(component.options(), placed(spec), component.title());
        Optional<W> words = reader.read(wordsType, spec.whole(), component.title(), Set.of(spec.name()));
        return options.isPresent() && words.isPresent()
                ? Optional.of(new Bound<>(component, options.get(), words.get(), spec.span()))
                : Optional.empty();
    }

    /** Options that are missing altogether are missed at the word itself. */
    private static YamlNode placed(PartSpec spec) {
        return spec.options() instanceof YamlNode.Scalar scalar && scalar.isNothing()
                ? new YamlNode.Mapping(Map.of(), spec.span())
                : spec.options();
    }

    private Optional<Bound<TargetWords>> target(PipelineSpec spec, OptionsReader reader) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        spec.target()
                .value("layer")
                .map(Object::toString)
                .map(project.layers()::get)
                .flatMap(Layer::targetDefaults)
                .ifPresent(defaults -> entries.putAll(defaults.entries()));
        entries.putAll(spec.target().entries());
        Set<String> common = RecordShape.of(TargetWords.class).fields().stream()
                .map(RecordShape.Field::name)
                .collect(Collectors.toSet());
        Map<String, YamlNode.Entry> words = new LinkedHashMap<>(entries);
        words.keySet().retainAll(common);
        Map<String, YamlNode.Entry> rest = new LinkedHashMap<>(entries);
        rest.keySet().removeAll(common);
        Optional<TargetWords> read = reader.read(
                TargetWords.class, new YamlNode.Mapping(words, spec.target().span()), "the target", rest.keySet());
        if (read.isEmpty()) {
            return Optional.empty();
        }
        String mode = read.get().mode();
        Optional<ComponentEntry> component = catalog.find(ComponentKind.TARGET, mode);
        if (component.isEmpty()) {
            diagnostics.add(Diagnostic.error(
                            Code.SPEC_COMPONENT,
                            entries.get("mode").value().span(),
                            "Cannot read the target: there is no mode '" + mode + "'",
                            "")
                    .accepting(catalog.names(ComponentKind.TARGET), mode));
            return Optional.empty();
        }
        YamlNode options = new YamlNode.Mapping(rest, spec.target().span());
        return reader.read(component.get().options(), options, "the target of " + component.get().title(), common)
                .map(record -> new Bound<>(component.get(), record, read.get(), spec.target().span()));
    }

    private Optional<TableId> id(PipelineSpec spec, TargetWords target) {
        String name = spec.words().name();
        boolean taken = name.endsWith(TableId.QUARANTINE_SUFFIX);
        if (!TableId.NAME.matcher(name).matches() || taken) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_NAME,
                    spec.span(),
                    "Cannot use the name '" + name + "': "
                            + (taken
                                    ? "tables ending in '_quarantine' are made by Ingot"
                                    : "a name is lower-case letters, digits and '_', starting with a letter"),
                    ""));
            return Optional.empty();
        }
        if (!project.layers().containsKey(target.layer())) {
            diagnostics.add(Diagnostic.error(
                            Code.SPEC_VALUE,
                            spec.target().value("layer").map(YamlNode::span).orElse(spec.span()),
                            "Cannot put the table into the layer '" + target.layer() + "': the project has no such layer",
                            "Layers are declared in conf/project.yml.")
                    .accepting(project.layers().keySet(), target.layer()));
            return Optional.empty();
        }
        return Optional.of(new TableId(target.layer(), name));
    }

    private void checkAlias(String alias, PartSpec source) {
        if (!TableId.NAME.matcher(alias).matches()) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_NAME,
                    source.span(),
                    "Cannot use the alias '" + alias + "': it is lower-case letters, digits and '_'",
                    ""));
        }
    }

    private void checkStep(Bound<StepWords> step) {
        if (step.words().onViolation().isPresent() && !step.component().has(Trait.DIVERTS)) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_CONFLICT,
                    step.span(),
                    "Cannot use 'on_violation' beside " + step.component().title() + ": it refuses no rows",
                    ""));
        }
    }

    private void checkRule(Bound<CheckWords> check) {
        Optional<OnViolation> action = check.words().onViolation();
        boolean rowAction = action.isPresent() && action.get() != OnViolation.WARN && action.get() != OnViolation.FAIL;
        if (check.component().has(Trait.TABLE_RULE) && rowAction) {
            diagnostics.add(Diagnostic.error(
                            Code.SPEC_CONFLICT,
                            check.span(),
                            "Cannot "
                                    + action.get().name().toLowerCase(java.util.Locale.ROOT)
                                    + " rows by " + check.component().title() + ": it judges the table, not single rows",
                            "")
                    .accepting(List.of("warn", "fail"), ""));
        }
    }
}
