package dev.ingot.model;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.component.ComponentEntry;
import dev.ingot.component.ComponentKind;
import dev.ingot.component.Trait;
import dev.ingot.config.Layer;
import dev.ingot.config.Project;
import dev.ingot.definition.TargetSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.options.OptionsReader;
import dev.ingot.options.RecordShape;
import dev.ingot.options.ValueScope;
import dev.ingot.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads targets, which mix common settings and those of the mode; the layer's defaults fill in what is left out. */
final class TargetBinder {

    private static final String LAYER = "layer";
    private static final String MODE = "mode";

    private final Project project;
    private final ComponentCatalog catalog;
    private final ValueScope scope;
    private final OptionsReader reader;
    private final Diagnostics diagnostics;

    TargetBinder(
            Project project,
            ComponentCatalog catalog,
            ValueScope scope,
            OptionsReader reader,
            Diagnostics diagnostics) {
        this.project = project;
        this.catalog = catalog;
        this.scope = scope;
        this.reader = reader;
        this.diagnostics = diagnostics;
    }

    /** Reads a target; returns empty, after reporting the errors, when something is wrong. */
    Optional<Bound<TargetSettings>> bind(YamlNode.Mapping written) {
        checkLayer(written);
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        resolved(written, LAYER)
                .map(project.layers()::get)
                .flatMap(Layer::targetDefaults)
                .ifPresent(defaults -> entries.putAll(defaults.entries()));
        entries.putAll(written.entries());
        if (isView(entries, written)) {
            // The layer's defaults are for tables and do not apply to a view.
            entries.keySet()
                    .removeIf(key -> !key.equals(MODE) && !written.entries().containsKey(key));
        }
        Optional<String> mode = resolved(new YamlNode.Mapping(entries, written.span()), MODE);
        Optional<ComponentEntry> component = mode.flatMap(name -> catalog.find(ComponentKind.TARGET, name));
        if (component.isEmpty() && mode.isPresent()) {
            diagnostics.add(Diagnostic.error(
                            Code.SPEC_COMPONENT,
                            entries.get(MODE).value().span(),
                            "Cannot read the target: there is no mode '" + mode.get() + "'",
                            "")
                    .accepting(catalog.names(ComponentKind.TARGET), mode.get()));
        }
        Set<String> common = names(TargetSettings.class);
        YamlNode.Mapping options = without(common, entries, written);
        if (component.isEmpty()) {
            Set<String> known = catalog.all(ComponentKind.TARGET).stream()
                    .flatMap(any -> names(any.options()).stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            reader.read(TargetSettings.class, new YamlNode.Mapping(entries, written.span()), "the target", known);
            return Optional.empty();
        }
        Optional<TargetSettings> settings =
                reader.read(TargetSettings.class, without(options.keys(), entries, written), "the target");
        return reader.read(
                        component.get().options(),
                        options,
                        "the target of " + component.get().title(),
                        common)
                .flatMap(record -> settings.map(read -> new Bound<>(component.get(), record, read, written.span())));
    }

    private boolean isView(Map<String, YamlNode.Entry> entries, YamlNode.Mapping written) {
        return resolved(new YamlNode.Mapping(entries, written.span()), MODE)
                .flatMap(name -> catalog.find(ComponentKind.TARGET, name))
                .filter(found -> found.has(Trait.VIEW))
                .isPresent();
    }

    private static YamlNode.Mapping without(
            Set<String> keys, Map<String, YamlNode.Entry> entries, YamlNode.Mapping written) {
        Map<String, YamlNode.Entry> rest = new LinkedHashMap<>(entries);
        rest.keySet().removeAll(keys);
        return new YamlNode.Mapping(rest, written.span());
    }

    private static Set<String> names(Class<? extends Record> options) {
        return RecordShape.of(options).fields().stream()
                .map(RecordShape.Field::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns a setting with its references resolved; empty when there is none. Errors are reported elsewhere. */
    private Optional<String> resolved(YamlNode.Mapping target, String key) {
        return target.value(key)
                .filter(YamlNode.Scalar.class::isInstance)
                .map(YamlNode.Scalar.class::cast)
                .filter(scalar -> !scalar.isNull())
                .flatMap(scalar -> scope.resolve(scalar, new Diagnostics()));
    }

    private void checkLayer(YamlNode.Mapping target) {
        resolved(target, LAYER)
                .filter(layer -> !project.layers().containsKey(layer))
                .ifPresent(layer -> diagnostics.add(Diagnostic.error(
                                Code.SPEC_VALUE,
                                target.value(LAYER).orElseThrow().span(),
                                "Cannot put the table into the layer '" + layer + "': the project has no such layer",
                                "Layers are declared in conf/project.yml.")
                        .accepting(project.layers().keySet(), layer)));
    }
}
