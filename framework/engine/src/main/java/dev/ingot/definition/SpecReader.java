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

    private static final List<String> TOP = RecordShape.of(PipelineFile.class).fields().stream()
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
     * The pipelines of a file, those included that could be read in part only.
     *
     * @param name the file as the user knows it
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
        Optional<PipelineFile> words = new OptionsReader(values, diagnostics).read(PipelineFile.class, document, title);
        checkSources(document, title);
        Map<String, ComponentSpec> sources = sources(document);
        List<ComponentSpec> steps =
                parts(ComponentKind.TRANSFORMATION, StepSettings.class, document, "transformations");
        List<ComponentSpec> checks = parts(ComponentKind.CHECK, CheckSettings.class, document, "quality");
        Optional<YamlNode.Mapping> target = target(document, title);
        boolean whole = diagnostics.errorCount() == errorsBefore;
        return new PipelineSpec(
                file,
                name.map(YamlNode.Scalar::text),
                name.map(YamlNode::span).orElse(document.span()),
                whole ? words : Optional.empty(),
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
        } else if (one.isEmpty() && several.isEmpty() && !isMisspelt(document)) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_MISSING,
                    document.span(),
                    "Cannot read " + title + ": it has neither 'source' nor 'sources'",
                    "Add 'source:' and say where the rows come from, for example: source: {table: bronze.flights}"));
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

    /** Whether the document is no mapping, or has a key that comes close to 'source': both are told already. */
    private static boolean isMisspelt(YamlNode document) {
        return !(document instanceof YamlNode.Mapping mapping)
                || mapping.keys().stream()
                        .filter(key -> !TOP.contains(key))
                        .flatMap(key -> Nearest.to(key, TOP).stream())
                        .anyMatch(meant -> meant.startsWith("source"));
    }

    private Map<String, ComponentSpec> sources(YamlNode document) {
        Map<String, ComponentSpec> sources = new LinkedHashMap<>();
        value(document, "source")
                .flatMap(only -> part(ComponentKind.SOURCE, SourceSettings.class, only))
                .ifPresent(only -> sources.put(PipelineSpec.INPUT, only));
        if (value(document, "sources").orElse(null) instanceof YamlNode.Mapping several) {
            String input = scalar(document, "input").map(YamlNode.Scalar::text).orElse("");
            several.entries().forEach((alias, entry) -> {
                checkAlias(alias, entry.keySpan(), input, several);
                part(ComponentKind.SOURCE, SourceSettings.class, entry.value())
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
                    "Cannot use the alias 'input' for a source that is looked up: in steps it stands for the rows so far",
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

    private List<ComponentSpec> parts(
            ComponentKind kind, Class<? extends Record> words, YamlNode document, String section) {
        List<YamlNode> items = value(document, section)
                .map(node -> node instanceof YamlNode.Sequence list
                        ? list.items()
                        : node instanceof YamlNode.Scalar ? List.of(node) : List.<YamlNode>of())
                .orElse(List.of());
        return items.stream().flatMap(item -> part(kind, words, item).stream()).toList();
    }

    /** What stands under a key at the top; empty when it is left out. */
    private static Optional<YamlNode> value(YamlNode document, String key) {
        return document instanceof YamlNode.Mapping mapping
                ? mapping.value(key).filter(value -> !(value instanceof YamlNode.Scalar scalar && scalar.isNull()))
                : Optional.empty();
    }

    private static Optional<YamlNode.Scalar> scalar(YamlNode document, String key) {
        return value(document, key).filter(YamlNode.Scalar.class::isInstance).map(YamlNode.Scalar.class::cast);
    }

    private Optional<ComponentSpec> part(ComponentKind kind, Class<? extends Record> wordsType, YamlNode node) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            reportShape(kind, node);
            return Optional.empty();
        }
        List<String> words = RecordShape.of(wordsType).fields().stream()
                .map(RecordShape.Field::name)
                .sorted()
                .toList();
        List<String> kinds =
                mapping.keys().stream().filter(key -> !words.contains(key)).toList();
        List<String> known = kinds.stream()
                .filter(name -> catalog.find(kind, name).isPresent())
                .toList();
        if (known.size() == 1 && kinds.size() == 1) {
            YamlNode.Entry entry = mapping.entries().get(known.get(0));
            return Optional.of(new ComponentSpec(known.get(0), entry.value(), mapping, entry.keySpan()));
        }
        if (kinds.isEmpty() || known.size() > 1) {
            reportNumber(kind, mapping, known);
        } else {
            kinds.stream().filter(key -> !known.contains(key)).forEach(key -> {
                SourceSpan place = mapping.entries().get(key).keySpan();
                diagnostics.add(
                        known.isEmpty() ? noSuch(kind, key, place, words) : beside(kind, known, key, place, words));
            });
        }
        return Optional.empty();
    }

    private void reportShape(ComponentKind kind, YamlNode node) {
        List<String> names = catalog.names(kind);
        String written = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
        boolean bare = names.contains(written);
        Diagnostic shape = Diagnostic.error(
                Code.SPEC_TYPE,
                node.span(),
                "Cannot read a " + kind.word() + ": expected a mapping such as '" + (bare ? written : names.get(0))
                        + ": ...', not " + node.kind(),
                bare ? "Write '" + written + ":' and after it what it needs." : "");
        diagnostics.add(bare ? shape : shape.accepting(names, written));
    }

    private void reportNumber(ComponentKind kind, YamlNode.Mapping mapping, List<String> known) {
        String remedy = kind == ComponentKind.SOURCE
                ? "Put each under an alias of its own, below 'sources:'."
                : "Begin a new list item with '- ' for each.";
        diagnostics.add(Diagnostic.error(
                        Code.SPEC_ONE_KIND,
                        known.isEmpty()
                                ? mapping.span()
                                : mapping.entries().get(known.get(1)).keySpan(),
                        "Cannot read a " + kind.word() + ": exactly one key must name its kind, found "
                                + (known.isEmpty() ? "none" : String.join(" and ", known)),
                        known.isEmpty() ? "" : remedy)
                .accepting(catalog.names(kind), ""));
    }

    private Diagnostic noSuch(ComponentKind kind, String key, SourceSpan place, List<String> words) {
        List<String> accepted = new ArrayList<>(catalog.names(kind));
        if (Nearest.to(key, accepted).isEmpty() && Nearest.to(key, words).isPresent()) {
            accepted.addAll(words);
        }
        return Diagnostic.error(
                        Code.SPEC_COMPONENT,
                        place,
                        "Cannot read a " + kind.word() + ": there is no " + kind.word() + " '" + key + "'",
                        "")
                .accepting(accepted, key);
    }

    private static Diagnostic beside(
            ComponentKind kind, List<String> known, String key, SourceSpan place, List<String> words) {
        return Diagnostic.error(
                        Code.SPEC_UNKNOWN,
                        place,
                        "Cannot read " + kind.word() + " '" + known.get(0) + "': '" + key + "' may not stand beside it",
                        "")
                .accepting(words, key);
    }
}
