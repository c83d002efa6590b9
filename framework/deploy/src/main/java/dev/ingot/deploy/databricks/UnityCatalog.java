package dev.ingot.deploy.databricks;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.model.Pipeline;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.state.Lake;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that make the lake's tables known to Unity Catalog as {@code catalog.layer.table}, where they lie. They
 * are run after the tables' first run, since a table has to be there to tell its columns; running them again changes
 * nothing. Views are not among them: they have no files.
 */
final class UnityCatalog {

    private final LogicalPlan plan;
    private final String catalog;
    private final Diagnostics diagnostics;

    UnityCatalog(LogicalPlan plan, String catalog, Diagnostics diagnostics) {
        this.plan = plan;
        this.catalog = catalog;
        this.diagnostics = diagnostics;
    }

    String sql() {
        String lake = plan.project().lake();
        if (!lake.contains("://")) {
            diagnostics.add(Diagnostic.error(
                    Code.DEPLOY_PLATFORM,
                    SourceSpan.of("conf/env/" + plan.project().environment() + ".yml"),
                    "Cannot register tables of the lake '" + lake + "' in the catalog '" + catalog
                            + "': Unity Catalog takes tables in cloud storage only",
                    "Give 'lake' an address below an external location, or leave out 'catalog'."));
        }
        List<Pipeline> tables = plan.pipelines().stream()
                .map(PipelinePlan::definition)
                .filter(pipeline -> !pipeline.isView() && !pipeline.isArchived())
                .toList();
        String schemas = tables.stream()
                .map(pipeline -> pipeline.id().layer())
                .distinct()
                .map(layer -> "CREATE SCHEMA IF NOT EXISTS " + quoted(catalog) + "." + quoted(layer) + ";\n")
                .collect(Collectors.joining());
        return schemas + tables.stream().map(this::table).collect(Collectors.joining());
    }

    private String table(Pipeline pipeline) {
        TableId id = pipeline.id();
        return "CREATE TABLE IF NOT EXISTS " + quoted(catalog) + "." + quoted(id.layer()) + "." + quoted(id.table())
                + " USING DELTA LOCATION " + text(new Lake(plan.project().lake()).table(id)) + ";\n";
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String text(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
