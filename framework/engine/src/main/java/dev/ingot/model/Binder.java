package dev.ingot.model;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.component.ComponentEntry;
import dev.ingot.component.ComponentKind;
import dev.ingot.component.Trait;
import dev.ingot.config.Project;
import dev.ingot.definition.CheckSettings;
import dev.ingot.definition.ComponentSpec;
import dev.ingot.definition.OnViolation;
import dev.ingot.definition.PipelineFile;
import dev.ingot.definition.PipelineSpec;
import dev.ingot.definition.SourceSettings;
import dev.ingot.definition.StepSettings;
import dev.ingot.definition.TargetSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.options.OptionsReader;
import dev.ingot.options.SourceName;
import dev.ingot.options.ValueScope;
import dev.ingot.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Converts specs into pipelines: reads every option into its component's record. Reports all errors. */
public final class Binder {

    private static final Set<OnViolation> TABLE_ACTIONS = Set.of(OnViolation.WARN, OnViolation.FAIL);

    private final Project project;
    private final ComponentCatalog catalog;
    private final Diagnostics diagnostics;

    public Binder(Project project, ComponentCatalog catalog, Diagnostics diagnostics) {
        this.project = Objects.requireNonNull(project, "project");
        this.catalog = Objects.requireNonNull(catalog, "catalog");
        this.diagnostics = Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /** Converts a spec; returns empty, after reporting the errors, when something is wrong. */
    public Optional<Pipeline> bind(PipelineSpec spec) {
        long errorsBefore = diagnostics.errorCount();
        ValueScope scope =
                new PipelineScope(project.values(), project.root(), spec.path().getParent());
        OptionsReader reader = new OptionsReader(scope, diagnostics);
        Map<String, Bound<SourceSettings>> sources = new LinkedHashMap<>();
        spec.sources()
                .forEach((alias, source) -> component(ComponentKind.SOURCE, source, SourceSettings.class, reader)
                        .ifPresent(bound -> sources.put(alias, bound)));
        List<Bound<StepSettings>> steps =
                components(ComponentKind.TRANSFORMATION, spec.steps(), StepSettings.class, reader);
        List<Bound<CheckSettings>> checks = components(ComponentKind.CHECK, spec.checks(), CheckSettings.class, reader);
        TargetBinder targets = new TargetBinder(project, catalog, scope, reader, diagnostics);
        Optional<Bound<TargetSettings>> target = spec.target().flatMap(targets::bind);
        checkName(spec);
        if (diagnostics.errorCount() > errorsBefore || spec.file().isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        PipelineFile file = spec.file().get();
        String input = file.input()
                .map(SourceName::alias)
                .orElseGet(() -> spec.sources().keySet().iterator().next());
        return Optional.of(new Pipeline(
                new TableId(target.get().settings().layer(), file.name()),
                spec.span(),
                file,
                sources,
                input,
                steps,
                checks,
                target.get(),
                project.values().parameterValues()));
    }

    private <W extends Record> List<Bound<W>> components(
            ComponentKind kind, List<ComponentSpec> specs, Class<W> settings, OptionsReader reader) {
        List<Bound<W>> components = new ArrayList<>();
        specs.forEach(spec -> component(kind, spec, settings, reader).ifPresent(components::add));
        return components;
    }

    private <W extends Record> Optional<Bound<W>> component(
            ComponentKind kind, ComponentSpec spec, Class<W> settingsType, OptionsReader reader) {
        ComponentEntry entry = catalog.find(kind, spec.name()).orElseThrow();
        Optional<? extends Record> options = reader.read(entry.options(), options(spec), entry.title());
        Optional<W> settings = reader.read(settingsType, spec.mapping(), entry.title(), Set.of(spec.name()));
        settings.ifPresent(read -> checkAction(spec, entry, read));
        return options.isPresent() && settings.isPresent()
                ? Optional.of(new Bound<>(entry, options.get(), settings.get(), spec.span()))
                : Optional.empty();
    }

    /** Returns the options; without any, an empty mapping at the component's name, where missing ones are reported. */
    private static YamlNode options(ComponentSpec spec) {
        return spec.options() instanceof YamlNode.Scalar scalar && scalar.isNull()
                ? new YamlNode.Mapping(Map.of(), spec.span())
                : spec.options();
    }

    private void checkName(PipelineSpec spec) {
        Optional<String> known = spec.name().filter(raw -> !raw.contains("${"));
        spec.file().map(PipelineFile::name).or(() -> known).ifPresent(name -> {
            boolean reserved = name.endsWith(TableId.QUARANTINE_SUFFIX);
            if (reserved || !TableId.NAME.matcher(name).matches()) {
                String reason = reserved ? "tables that end in '_quarantine' are created by Ingot" : TableId.RULE;
                diagnostics.add(Diagnostic.error(
                        Code.SPEC_NAME, spec.span(), "Cannot use the name '" + name + "': " + reason, ""));
            }
        });
    }

    private void checkAction(ComponentSpec spec, ComponentEntry component, Record settings) {
        if (settings instanceof StepSettings step && step.onViolation().isPresent() && !component.has(Trait.DIVERTS)) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_CONFLICT,
                    placeOfAction(spec),
                    "Cannot use 'on_violation' with " + component.title() + ": it rejects no rows",
                    "Remove it."));
        }
        boolean warns =
                settings instanceof StepSettings step && step.onViolation().equals(Optional.of(OnViolation.WARN));
        if (warns && component.has(Trait.DIVERTS)) {
            diagnostics.add(Diagnostic.error(
                            Code.SPEC_CONFLICT,
                            placeOfAction(spec),
                            "Cannot only warn with " + component.title() + ": a value that does not fit cannot be"
                                    + " written",
                            "")
                    .accepting(List.of("quarantine", "drop", "fail"), ""));
        }
        if (settings instanceof CheckSettings check && component.has(Trait.TABLE_RULE)) {
            check.onViolation()
                    .filter(action -> !TABLE_ACTIONS.contains(action))
                    .ifPresent(action -> diagnostics.add(Diagnostic.error(
                                    Code.SPEC_CONFLICT,
                                    placeOfAction(spec),
                                    "Cannot " + action.name().toLowerCase(Locale.ROOT) + " rows with "
                                            + component.title() + ": it checks the table, not single rows",
                                    "")
                            .accepting(List.of("warn", "fail"), "")));
        }
    }

    private static SourceSpan placeOfAction(ComponentSpec spec) {
        return spec.mapping().entries().get("on_violation").keySpan();
    }
}
