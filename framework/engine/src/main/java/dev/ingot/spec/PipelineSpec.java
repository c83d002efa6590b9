package dev.ingot.spec;

import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.yaml.YamlNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A pipeline as written.
 *
 * @param path the file, to which other files are relative
 * @param span where the document begins
 * @param sources by alias; a single unnamed source has the alias {@code input}
 */
public record PipelineSpec(
        Path path,
        SourceSpan span,
        PipelineFile words,
        Map<String, PartSpec> sources,
        List<PartSpec> steps,
        List<PartSpec> checks,
        YamlNode.Mapping target) {

    /** The alias of a source that has none of its own. */
    public static final String INPUT = "input";

    public PipelineSpec {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(span, "span");
        Objects.requireNonNull(words, "words");
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        steps = List.copyOf(steps);
        checks = List.copyOf(checks);
        Objects.requireNonNull(target, "target");
    }
}
