package dev.ingot.definition;

import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.yaml.YamlNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A pipeline as written. Where something could not be read it is still here, with what could, so that all mistakes are
 * told in one go.
 *
 * @param path the file, to which other files are relative
 * @param name as written; empty when there is none
 * @param span where its name stands
 * @param file the top-level keys; empty when anything of the pipeline could not be read
 * @param sources by alias; a single unnamed source has the alias {@code input}
 */
public record PipelineSpec(
        Path path,
        Optional<String> name,
        SourceSpan span,
        Optional<PipelineFile> file,
        Map<String, ComponentSpec> sources,
        List<ComponentSpec> steps,
        List<ComponentSpec> checks,
        Optional<YamlNode.Mapping> target) {

    /** The alias of a source that has none of its own. */
    public static final String INPUT = "input";

    public PipelineSpec {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(span, "span");
        Objects.requireNonNull(file, "file");
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        steps = List.copyOf(steps);
        checks = List.copyOf(checks);
        Objects.requireNonNull(target, "target");
    }
}
