package dev.ingot.config;

import dev.ingot.options.Option;
import dev.ingot.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/**
 * A layer of the lake as declared in {@code conf/project.yml}.
 *
 * @param reads the layers that its pipelines may read, and {@link #OUTSIDE} for what is not a table of this lake
 */
public record Layer(
        @Option(
                description =
                        "The layers that pipelines of this layer may read; 'outside' is what is not a table of this lake.",
                example = "[bronze, silver]",
                required = true)
        List<String> reads,

        @Option(description = "Defaults for the target of every pipeline of this layer.", example = "{mode: append}")
        Optional<YamlNode> target) {

    /** Stands in {@code reads} for everything that is not a table of this lake. */
    public static final String OUTSIDE = "outside";

    public Layer {
        reads = List.copyOf(reads);
    }

    /** Whether rows enter the lake here, so that they are marked with where and when they came in. */
    public boolean landing() {
        return reads.contains(OUTSIDE);
    }

    /** The defaults for targets; an empty mapping when none are declared. */
    public Optional<YamlNode.Mapping> targetDefaults() {
        return target.filter(YamlNode.Mapping.class::isInstance).map(YamlNode.Mapping.class::cast);
    }
}
