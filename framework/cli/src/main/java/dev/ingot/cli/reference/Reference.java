package dev.ingot.cli.reference;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.component.ComponentEntry;
import dev.ingot.component.ComponentKind;
import dev.ingot.config.EnvironmentFile;
import dev.ingot.config.ProjectFile;
import dev.ingot.definition.CheckSettings;
import dev.ingot.definition.PipelineFile;
import dev.ingot.definition.SourceSettings;
import dev.ingot.definition.StepSettings;
import dev.ingot.definition.TargetSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Renders the reference page of the YAML files. Only its introduction is written by hand. */
public final class Reference {

    private static final Map<String, String> PIPELINE_TYPES = Map.of(
            "name", "name",
            "input", "alias of a source",
            "source", "one [source](#sources)",
            "sources", "mapping of aliases to [sources](#sources)",
            "transformations", "list of [steps](#transformations)",
            "quality", "list of [rules](#quality)",
            "target", "one [target](#target)");

    private final ComponentCatalog catalog;
    private final StringBuilder page = new StringBuilder();

    private Reference(ComponentCatalog catalog) {
        this.catalog = catalog;
    }

    /** Returns the page as Markdown; it ends with a line break. */
    public static String markdown(ComponentCatalog catalog) {
        return new Reference(catalog).write();
    }

    private String write() {
        page.append(introduction()).append('\n');
        section("A pipeline", "The top-level keys of a pipeline's document.", PipelineFile.class, PIPELINE_TYPES);
        section(
                "Sources",
                "A source is a mapping. One key names its kind; it may have these keys too.",
                SourceSettings.class,
                Map.of());
        components(ComponentKind.SOURCE);
        section(
                "Transformations",
                "A list of steps. In each, one key names the transformation; it may have these keys too.",
                StepSettings.class,
                Map.of());
        components(ComponentKind.TRANSFORMATION);
        section(
                "Quality",
                "A list of rules. In each, one key names the rule; it may have these keys too.",
                CheckSettings.class,
                Map.of());
        components(ComponentKind.CHECK);
        section(
                "Target",
                "The options of every target. The options of its mode are written beside them.",
                TargetSettings.class,
                Map.of("layer", "name of a layer", "mode", modes()));
        components(ComponentKind.TARGET);
        section(
                "The project",
                "`conf/project.yml` declares the project.",
                ProjectFile.class,
                Map.of("layers.NAME.reads", "one or more layers", "layers.NAME.target", "part of a [target](#target)"));
        section(
                "An environment",
                "`conf/env/<environment>.yml` configures where the project runs.",
                EnvironmentFile.class,
                Map.of("deploy", "[platforms](#deploy)"));
        page.append(DeploySchema.markdown());
        page.append(CodeTable.markdown());
        return page.toString().stripTrailing() + "\n";
    }

    private void section(String title, String introduction, Class<?> options, Map<String, String> types) {
        page.append("## ").append(title).append("\n\n").append(introduction).append("\n\n");
        page.append(OptionTable.of(options, types)).append('\n');
    }

    private void components(ComponentKind kind) {
        page.append(catalog.all(kind).stream().map(Reference::link).collect(Collectors.joining(", ")))
                .append("\n\n");
        catalog.all(kind).forEach(entry -> page.append(ComponentText.of(entry)));
    }

    private String modes() {
        return catalog.all(ComponentKind.TARGET).stream().map(Reference::link).collect(Collectors.joining(", "));
    }

    private static String link(ComponentEntry entry) {
        String heading = ComponentText.label(entry.kind()) + "-" + entry.name();
        return "[" + MarkdownText.code(entry.name()) + "](#" + heading + ")";
    }

    private static String introduction() {
        try (InputStream text = Reference.class.getResourceAsStream("introduction.md")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read the introduction", broken);
        }
    }
}
