package dev.ingot.spec;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.component.ComponentKind;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
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
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the documents of a pipeline file into specs. Never throws on content; what cannot be read is reported. */
public final class SpecReader {

    private final ComponentCatalog catalog;
    private final ValueScope values;
    private final Diagnostics diagnostics;

    public SpecReader(ComponentCatalog catalog, ValueScope values, Diagnostics diagnostics) {
        this.catalog = Objects.requireNonNull(catalog, "catalog");
        this.values = Objects.requireNonNull(values, "values");
        this.diagnostics = Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * The pipelines of a file.
     *
     * @param name the file as the user knows it
     */
    public List<PipelineSpec> read(Path file, String name) {
        return YamlReader.read(file, name, diagnostics).stream()
                .flatMap(document -> pipeline(document, file).stream())
                .toList();
    }

    private Optional<PipelineSpec> pipeline(YamlNode document, Path file) {
        String title = document instanceof YamlNode.Mapping mapping
                ? mapping.value("name")
                        .filter(YamlNode.Scalar.class::isInstance)
                        .map(name -> "pipeline '" + ((YamlNode.Scalar) name).text() + "'")
                        .orElse("pipeline")
                : "pipeline";
        Optional<PipelineFile> read =
                new OptionsReader(values, diagnostics).read(PipelineFile.class, document, title);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        PipelineFile words = read.get();
        Map<String, YamlNode> written = words.source()
                .map(only -> Map.of(PipelineSpec.INPUT, only))
                .orElse(words.sources());
        Map<String, PartSpec> sources = new LinkedHashMap<>();
        written.forEach((alias, node) -> part(ComponentKind.SOURCE, SourceWords.class, node)
                .ifPresent(source -> sources.put(alias, source)));
        List<PartSpec> steps = parts(ComponentKind.TRANSFORMATION, StepWords.class, words.transformations());
        List<PartSpec> checks = parts(ComponentKind.CHECK, CheckWords.class, words.quality());
        if (!(words.target() instanceof YamlNode.Mapping target)) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_TYPE,
                    words.target().span(),
                    "Cannot read " + title + ": 'target' must be a mapping, not "
                            + words.target().kind(),
                    ""));
            return Optional.empty();
        }
        boolean complete = sources.size() == written.size()
                && steps.size() == words.transformations().size()
                && checks.size() == words.quality().size();
        return complete
                ? Optional.of(new PipelineSpec(file, document.span(), words, sources, steps, checks, target))
                : Optional.empty();
    }

    private List<PartSpec> parts(ComponentKind kind, Class<? extends Record> words, List<YamlNode> nodes) {
        List<PartSpec> parts = new ArrayList<>();
        nodes.forEach(node -> part(kind, words, node).ifPresent(parts::add));
        return parts;
    }

    private Optional<PartSpec> part(ComponentKind kind, Class<? extends Record> wordsType, YamlNode node) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            diagnostics.add(Diagnostic.error(
                            Code.SPEC_TYPE,
                            node.span(),
                            "Cannot read a " + kind.word() + ": expected a mapping such as '"
                                    + catalog.names(kind).get(0) + ": ...', not " + node.kind(),
                            "")
                    .accepting(catalog.names(kind), node instanceof YamlNode.Scalar scalar ? scalar.text() : ""));
            return Optional.empty();
        }
        Set<String> words = RecordShape.of(wordsType).fields().stream()
                .map(RecordShape.Field::name)
                .collect(Collectors.toSet());
        List<String> kinds =
                mapping.keys().stream().filter(key -> !words.contains(key)).toList();
        List<String> known = kinds.stream()
                .filter(name -> catalog.find(kind, name).isPresent())
                .toList();
        if (known.size() == 1 && kinds.size() == 1) {
            YamlNode.Entry entry = mapping.entries().get(known.get(0));
            return Optional.of(new PartSpec(known.get(0), entry.value(), mapping, entry.keySpan()));
        }
        report(kind, mapping, words, kinds, known);
        return Optional.empty();
    }

    private void report(
            ComponentKind kind, YamlNode.Mapping mapping, Set<String> words, List<String> kinds, List<String> known) {
        if (kinds.isEmpty() || known.size() > 1) {
            String found = kinds.isEmpty() ? "none" : String.join(" and ", known);
            diagnostics.add(Diagnostic.error(
                            Code.SPEC_ONE_KIND,
                            mapping.span(),
                            "Cannot read a " + kind.word() + ": exactly one key must name its kind, found " + found,
                            kinds.isEmpty() ? "" : "Start a new list item with '- ' for each.")
                    .accepting(catalog.names(kind), ""));
            return;
        }
        List<String> accepted = new ArrayList<>(known.isEmpty() ? catalog.names(kind) : List.of());
        accepted.addAll(words.stream().sorted().toList());
        for (String unknown : kinds) {
            if (!known.contains(unknown)) {
                SourceSpan span = mapping.entries().get(unknown).keySpan();
                String summary = known.isEmpty()
                        ? "Cannot read a " + kind.word() + ": there is no " + kind.word() + " '" + unknown + "'"
                        : "Cannot read " + kind.word() + " '" + known.get(0) + "': '" + unknown
                                + "' may not stand beside it";
                diagnostics.add(Diagnostic.error(
                                known.isEmpty() ? Code.SPEC_COMPONENT : Code.SPEC_UNKNOWN, span, summary, "")
                        .accepting(accepted, unknown));
            }
        }
    }
}
