package dev.ingot.config;

import dev.ingot.options.Option;
import dev.ingot.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/**
 * A layer of the lake as declared in {@code conf/project.yml}.
 *
 * @param reads the layers that its pipelines may read; {@link #OUTSIDE} is any source but a table of this lake
 */
public record Layer(
        @Option(
                description =
                        "The layers that its pipelines may read; 'outside' is any source but a table of this lake.",
                example = "[bronze, silver]",
                required = true)
        List<String> reads,

        @Option(description = "Defaults for the target of every pipeline of this layer.", example = "{mode: append}")
        Optional<YamlNode> target) {

    /** Means, in {@code reads}, any source but a table of this lake. */
    public static final String OUTSIDE = "outside";

    public Layer {
        reads = List.copyOf(reads);
    }

    /** Returns whether rows enter the lake in this layer, so that they get the technical columns of origin and time. */
    public boolean isLanding() {
        return reads.contains(OUTSIDE);
    }

    /** Returns the defaults for targets; empty when none are declared. */
    public Optional<YamlNode.Mapping> targetDefaults() {
        return target.filter(YamlNode.Mapping.class::isInstance).map(YamlNode.Mapping.class::cast);
    }
}
