package dev.ingot.definition;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.component.ComponentKind;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.Nearest;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.options.OptionsReader;
import dev.ingot.options.RecordShape;
import dev.ingot.options.ValueScope;
import dev.ingot.yaml.YamlNode;
import dev.ingot.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads the documents of a pipeline file into specs. Never throws on content; what cannot be read is reported. */
public final class SpecReader {

    private static final List<String> TOP_LEVEL_KEYS = RecordShape.of(PipelineFile.class).fields().stream()
            .map(RecordShape.Field::name)
            .toList();

    private final ComponentCatalog catalog;
    private final ValueScope values;
    private final Diagnostics diagnostics;

    public SpecReader(ComponentCatalog catalog, ValueScope values, Diagnostics diagnostics) {
        this.catalog = Objects.requireNonNull(catalog, "catalog");
        this.values = Objects.requireNonNull(values, "values");
        this.diagnostics = Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * Returns the pipelines of a file, including those that could only be read in part.
     *
     * @param name the file name to report
     */
    public List<PipelineSpec> read(Path file, String name) {
        return YamlReader.read(file, name, diagnostics).stream()
                .map(document -> pipeline(document, file))
                .toList();
    }

    private PipelineSpec pipeline(YamlNode document, Path file) {
        long errorsBefore = diagnostics.errorCount();
        Optional<YamlNode.Scalar> name = scalar(document, "name");
        String title = name.map(text -> "pipeline '" + text + "'").orElse("the pipeline");
        Optional<PipelineFile> content =
                new OptionsReader(values, diagnostics).read(PipelineFile.class, document, title);
        checkSources(document, title);
        Map<String, ComponentSpec> sources = sources(document);
        List<ComponentSpec> steps =
                components(ComponentKind.TRANSFORMATION, StepSettings.class, document, "transformations");
        List<ComponentSpec> checks = components(ComponentKind.CHECK, CheckSettings.class, document, "quality");
        Optional<YamlNode.Mapping> target = target(document, title);
        boolean complete = diagnostics.errorCount() == errorsBefore;
        return new PipelineSpec(
                file,
                name.map(YamlNode.Scalar::text),
                name.map(YamlNode::span).orElse(document.span()),
                complete ? content : Optional.empty(),
                sources,
                steps,
                checks,
                target);
    }

    private void checkSources(YamlNode document, String title) {
        Optional<YamlNode> one = value(document, "source");
        Optional<YamlNode> several = value(document, "sources");
        if (one.isPresent() && several.isPresent()) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_CONFLICT,
                    several.get().span(),
                    "Cannot read " + title + ": it has both 'source' and 'sources'",
                    "Put all of them under 'sources:', each under an alias."));
        } else if (one.isEmpty() && several.isEmpty() && !isMisspelled(document)) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_MISSING,
                    document.span(),
                    "Cannot read " + title + ": it has neither 'source' nor 'sources'",
                    "Add 'source:' with the origin of the rows, for example: source: {table: bronze.flights}"));
        }
        boolean many = several.orElse(null) instanceof YamlNode.Mapping mapping
                && mapping.entries().size() > 1;
        if (many && value(document, "input").isEmpty()) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_MISSING,
                    several.get().span(),
                    "Cannot read " + title + ": with several sources, 'input' must name the one where the steps start",
                    "Add 'input:' and one of the aliases."));
        }
    }

    /** Returns whether the document is no mapping, or has a key similar to 'source': both are already reported. */
    private static boolean isMisspelled(YamlNode document) {
        return !(document instanceof YamlNode.Mapping mapping)
                || mapping.keys().stream()
                        .filter(key -> !TOP_LEVEL_KEYS.contains(key))
                        .flatMap(key -> Nearest.to(key, TOP_LEVEL_KEYS).stream())
                        .anyMatch(nearest -> nearest.startsWith("source"));
    }

    private Map<String, ComponentSpec> sources(YamlNode document) {
        Map<String, ComponentSpec> sources = new LinkedHashMap<>();
        value(document, "source")
                .flatMap(only -> component(ComponentKind.SOURCE, SourceSettings.class, only))
                .ifPresent(only -> sources.put(PipelineSpec.INPUT, only));
        if (value(document, "sources").orElse(null) instanceof YamlNode.Mapping several) {
            String input = scalar(document, "input").map(YamlNode.Scalar::text).orElse("");
            several.entries().forEach((alias, entry) -> {
                checkAlias(alias, entry.keySpan(), input, several);
                component(ComponentKind.SOURCE, SourceSettings.class, entry.value())
                        .ifPresent(source -> sources.put(alias, source));
            });
        }
        return sources;
    }

    private void checkAlias(String alias, SourceSpan place, String input, YamlNode.Mapping sources) {
        if (!TableId.NAME.matcher(alias).matches()) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_NAME, place, "Cannot use the alias '" + alias + "': " + TableId.RULE, ""));
        }
        if (alias.equals(PipelineSpec.INPUT)
                && !input.equals(alias)
                && sources.entries().size() > 1) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_NAME,
                    place,
                    "Cannot use the alias 'input' for a lookup source: in steps it means the rows so far",
                    "Choose another alias."));
        }
    }

    private Optional<YamlNode.Mapping> target(YamlNode document, String title) {
        Optional<YamlNode> target = value(document, "target");
        target.filter(node -> !(node instanceof YamlNode.Mapping))
                .ifPresent(node -> diagnostics.add(Diagnostic.error(
                        Code.SPEC_TYPE,
                        node.span(),
                        "Cannot read " + title + ": 'target' must be a mapping, not " + node.kind(),
                        "Write 'layer:' and 'mode:' below it.")));
        return target.filter(YamlNode.Mapping.class::isInstance).map(YamlNode.Mapping.class::cast);
    }

    private List<ComponentSpec> components(
            ComponentKind kind, Class<? extends Record> settings, YamlNode document, String section) {
        List<YamlNode> items = value(document, section)
                .map(node -> node instanceof YamlNode.Sequence list
                        ? list.items()
                        : node instanceof YamlNode.Scalar ? List.of(node) : List.<YamlNode>of())
                .orElse(List.of());
        return items.stream()
                .flatMap(item -> component(kind, settings, item).stream())
                .toList();
    }

    /** Returns the value of a top-level key; empty when it is left out. */
    private static Optional<YamlNode> value(YamlNode document, String key) {
        return document instanceof YamlNode.Mapping mapping
                ? mapping.value(key).filter(value -> !(value instanceof YamlNode.Scalar scalar && scalar.isNull()))
                : Optional.empty();
    }

    private static Optional<YamlNode.Scalar> scalar(YamlNode document, String key) {
        return value(document, key).filter(YamlNode.Scalar.class::isInstance).map(YamlNode.Scalar.class::cast);
    }

    private Optional<ComponentSpec> component(ComponentKind kind, Class<? extends Record> settings, YamlNode node) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            reportNoMapping(kind, node);
            return Optional.empty();
        }
        List<String> common = RecordShape.of(settings).fields().stream()
                .map(RecordShape.Field::name)
                .sorted()
                .toList();
        List<String> kinds =
                mapping.keys().stream().filter(key -> !common.contains(key)).toList();
        List<String> known = kinds.stream()
                .filter(name -> catalog.find(kind, name).isPresent())
                .toList();
        if (known.size() == 1 && kinds.size() == 1) {
            YamlNode.Entry entry = mapping.entries().get(known.get(0));
            return Optional.of(new ComponentSpec(known.get(0), entry.value(), mapping, entry.keySpan()));
        }
        if (kinds.isEmpty() || known.size() > 1) {
            reportComponentCount(kind, mapping, known);
        } else {
            kinds.stream().filter(key -> !known.contains(key)).forEach(key -> {
                SourceSpan place = mapping.entries().get(key).keySpan();
                diagnostics.add(
                        known.isEmpty()
                                ? unknownComponent(kind, key, place, common)
                                : unknownKey(kind, known, key, place, common));
            });
        }
        return Optional.empty();
    }

    private void reportNoMapping(ComponentKind kind, YamlNode node) {
        List<String> names = catalog.names(kind);
        String written = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
        boolean isName = names.contains(written);
        Diagnostic noMapping = Diagnostic.error(
                Code.SPEC_TYPE,
                node.span(),
                "Cannot read a " + kind.word() + ": expected a mapping such as '" + (isName ? written : names.get(0))
                        + ": ...', not " + node.kind(),
                isName ? "Write '" + written + ":' followed by its options." : "");
        diagnostics.add(isName ? noMapping : noMapping.accepting(names, written));
    }

    private void reportComponentCount(ComponentKind kind, YamlNode.Mapping mapping, List<String> known) {
        String remedy = kind == ComponentKind.SOURCE
                ? "Put each under its own alias, below 'sources:'."
                : "Start a new list item with '- ' for each.";
        diagnostics.add(Diagnostic.error(
                        Code.SPEC_ONE_KIND,
                        known.isEmpty()
                                ? mapping.span()
                                : mapping.entries().get(known.get(1)).keySpan(),
                        "Cannot read a " + kind.word() + ": exactly one key must name the " + kind.word() + ", found "
                                + (known.isEmpty() ? "none" : String.join(" and ", known)),
                        known.isEmpty() ? "" : remedy)
                .accepting(catalog.names(kind), ""));
    }

    private Diagnostic unknownComponent(ComponentKind kind, String key, SourceSpan place, List<String> common) {
        List<String> accepted = new ArrayList<>(catalog.names(kind));
        if (Nearest.to(key, accepted).isEmpty() && Nearest.to(key, common).isPresent()) {
            accepted.addAll(common);
        }
        boolean unlike = Nearest.to(key, accepted).isEmpty();
        return Diagnostic.error(
                        Code.SPEC_COMPONENT,
                        place,
                        "Cannot read a " + kind.word() + ": there is no " + kind.word() + " '" + key + "'",
                        unlike ? "A component of your own must be on the class path: set INGOT_CLASSPATH." : "")
                .accepting(accepted, key);
    }

    private static Diagnostic unknownKey(
            ComponentKind kind, List<String> known, String key, SourceSpan place, List<String> common) {
        return Diagnostic.error(
                        Code.SPEC_UNKNOWN,
                        place,
                        "Cannot read " + kind.word() + " '" + known.get(0) + "': the key '" + key
                                + "' is not allowed next to it",
                        "")
                .accepting(common, key);
    }
}
