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
 * Generates the SQL statements that register the lake's tables in Unity Catalog as external tables
 * {@code catalog.layer.table}. They run after the tables' first run, because the columns are read from an existing
 * table. They are idempotent. Views are left out: they have no files.
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
                            + "': Unity Catalog supports only tables in cloud storage",
                    "Set 'lake' to a URI below an external location, or remove 'catalog'."));
        }
        List<Pipeline> tables = plan.pipelines().stream()
                .map(PipelinePlan::definition)
                .filter(pipeline -> !pipeline.isView() && !pipeline.isArchived())
                .toList();
        String schemas = tables.stream()
                .map(pipeline -> pipeline.id().layer())
                .distinct()
                .map(layer -> "CREATE SCHEMA IF NOT EXISTS " + identifier(catalog) + "." + identifier(layer) + ";\n")
                .collect(Collectors.joining());
        return schemas + tables.stream().map(this::table).collect(Collectors.joining());
    }

    private String table(Pipeline pipeline) {
        TableId id = pipeline.id();
        return "CREATE TABLE IF NOT EXISTS " + identifier(catalog) + "." + identifier(id.layer()) + "."
                + identifier(id.table()) + " USING DELTA LOCATION "
                + literal(new Lake(plan.project().lake()).table(id)) + ";\n";
    }

    private static String identifier(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String literal(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
