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
 * A pipeline as written. With errors, it holds what could be read, so that later stages can report all their errors at
 * once.
 *
 * @param path the file; paths of other files are relative to it
 * @param name as written; empty when missing
 * @param span the place of its name
 * @param file the top-level keys; empty when any part of the pipeline could not be read
 * @param sources by alias; a single source without alias has the alias {@code input}
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

    /** The alias of a single source without alias. */
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
