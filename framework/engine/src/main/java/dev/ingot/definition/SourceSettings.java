package dev.ingot.definition;

import dev.ingot.component.input.AsOf;
import dev.ingot.component.input.ReadMode;
import dev.ingot.options.Option;
import java.util.Optional;

/** The words beside a source's kind. */
public record SourceSettings(
        @Option(
                description = "'new' is what no earlier batch has read, 'all' is everything at one version. Left"
                        + " out: 'new' for the input of a target that appends or merges, otherwise 'all'.",
                example = "all")
        Optional<ReadMode> read,

        @Option(
                description = "Reads a table of this lake as it was: at a version, a time, or the end of a run.",
                example = "{version: 12}")
        Optional<AsOf> asOf,

        @Option(description = "What comes from this source.")
        Optional<String> description) {}
