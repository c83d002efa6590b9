package dev.ingot.cli.reference;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.component.ComponentEntry;

/** Creates pipelines that are valid except for the part that a test supplies. */
final class Documents {

    static final ComponentCatalog CATALOG = ComponentCatalog.load(Documents.class.getClassLoader());

    private static final String NAME = "name: flights\n";
    private static final String SOURCE = "source:\n  table: bronze.flights\n";
    private static final String TARGET = "target: {layer: silver, mode: append}\n";

    private Documents() {}

    static String withSource(String source) {
        return NAME + "source:\n" + source.indent(2) + TARGET;
    }

    static String withStep(String step) {
        return NAME + SOURCE + "transformations:\n  - " + step.indent(4).strip() + "\n" + TARGET;
    }

    static String withRule(String rule) {
        return NAME + SOURCE + "quality:\n  - " + rule.indent(4).strip() + "\n" + TARGET;
    }

    static String withTarget(String target) {
        return NAME + SOURCE + "target: " + target + "\n";
    }

    static String withKeys(String keys) {
        return keys + "\n" + SOURCE + TARGET;
    }

    /** Creates a pipeline with a component's example. */
    static String withExample(ComponentEntry entry) {
        return switch (entry.kind()) {
            case SOURCE -> withSource(entry.example());
            case TRANSFORMATION -> withStep(entry.example());
            case CHECK -> withRule(entry.example());
            case TARGET -> withTarget(entry.example());
        };
    }
}
