package dev.ingot.definition;

import dev.ingot.component.input.AsOf;
import dev.ingot.component.input.ReadMode;
import dev.ingot.options.Option;
import java.util.Optional;

/** The settings that every source has, whatever its kind. */
public record SourceSettings(
        @Option(
                description = "'new' reads what no earlier batch has read, 'all' reads everything at one version. Left"
                        + " out: 'new' for the input of a target that appends or merges, otherwise 'all'.",
                example = "all")
        Optional<ReadMode> read,

        @Option(
                description = "Time travel: reads a table of this lake as of a version, a time, or the end of a run.",
                example = "{version: 12}")
        Optional<AsOf> asOf,

        @Option(description = "What this source provides.") Optional<String> description) {}
