package dev.ingot.deploy.synapse;

import dev.ingot.deploy.Deployment;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.state.Lake;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes an idempotent script that creates views of the last layer's tables in a serverless SQL database. Tables that
 * serverless SQL cannot read are skipped, with a warning and a comment in the script.
 */
final class SqlViews {

    private final LogicalPlan plan;
    private final String layer;
    private final Synapse.Sql sql;
    private final Diagnostics diagnostics;

    SqlViews(Deployment deployment, Synapse.Sql sql, Diagnostics diagnostics) {
        this.plan = deployment.plan();
        this.layer = deployment.lastLayer();
        this.sql = sql;
        this.diagnostics = diagnostics;
    }

    /** Returns the name of the script in the workspace. */
    String name() {
        return sql.database() + "_" + layer + "_views";
    }

    /**
     * Returns the script as the properties of an artifact; empty if serverless SQL cannot read the lake's storage, or,
     * with a warning, if the layer has no table. Old and new versions of Studio read different keys for the connection.
     *
     * @param folder where Studio shows the script
     */
    Optional<Map<String, Object>> script(Map<String, Object> folder) {
        return query().map(query -> JsonTree.of(
                "folder",
                folder,
                "content",
                JsonTree.of(
                        "query",
                        query,
                        "metadata",
                        JsonTree.of("language", "sql"),
                        "currentConnection",
                        JsonTree.of(
                                "type",
                                "SqlOnDemand",
                                "name",
                                sql.database(),
                                "poolName",
                                "Built-in",
                                "databaseName",
                                sql.database())),
                "type",
                "SqlQuery"));
    }

    private Optional<String> query() {
        List<PipelinePlan> tables = plan.pipelines().stream()
                .filter(pipeline -> pipeline.id().layer().equals(layer))
                .filter(pipeline -> !pipeline.isArchived())
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
        if (!AbfssUri.isAddress(plan.project().lake())) {
            return Optional.empty();
        }
        if (tables.isEmpty()) {
            diagnostics.add(Diagnostic.warning(
                    Code.DEPLOY_PLATFORM,
                    SourceSpan.of("conf/env/" + plan.project().environment() + ".yml"),
                    "Cannot create views in the database '" + sql.database() + "': the project's last layer '" + layer
                            + "' has no table",
                    "Remove 'sql' under 'deploy: {synapse: ...}', or add tables to that layer."));
            return Optional.empty();
        }
        StringBuilder script = new StringBuilder("-- Views of the " + layer + " tables for serverless SQL.");
        sql.dataSource()
                .ifPresent(source -> script.append(" The location of ")
                        .append(name(source))
                        .append(" is ")
                        .append(AbfssUri.of(plan.project().lake()).https())
                        .append('.'));
        script.append("\nUSE ").append(name(sql.database())).append(";\nGO\n");
        script.append(
                "IF SCHEMA_ID(" + text(layer) + ") IS NULL EXEC(" + text("CREATE SCHEMA " + name(layer)) + ");\nGO\n");
        tables.forEach(pipeline -> script.append(ServerlessReader.obstacle(pipeline.definition())
                .map(obstacle -> skipped(pipeline, obstacle))
                .orElseGet(() -> view(pipeline.id()))));
        return Optional.of(script.toString());
    }

    private String view(TableId table) {
        String bulk = sql.dataSource().isPresent()
                ? new Lake("").table(table).substring(1)
                : AbfssUri.of(new Lake(plan.project().lake()).table(table)).https();
        String source =
                sql.dataSource().map(name -> ", DATA_SOURCE = " + text(name)).orElse("");
        return "CREATE OR ALTER VIEW " + name(table.layer()) + "." + name(table.table())
                + " AS\nSELECT * FROM OPENROWSET(BULK " + text(bulk + "/") + source
                + ", FORMAT = 'DELTA') AS [rows];\nGO\n";
    }

    private String skipped(PipelinePlan pipeline, ServerlessReader.Obstacle obstacle) {
        diagnostics.add(Diagnostic.warning(
                Code.DEPLOY_PLATFORM,
                pipeline.target().span(),
                "Cannot create a view of " + pipeline.id() + " in the database '" + sql.database() + "': "
                        + obstacle.reason(),
                obstacle.remedy()));
        return "-- " + pipeline.id() + " is skipped: " + obstacle.reason() + ". " + obstacle.remedy() + "\n";
    }

    private static String name(String text) {
        return "[" + text.replace("]", "]]") + "]";
    }

    private static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
