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
 * The tables of the project's last layer as views of a serverless SQL database: a script that may be run again. Tables
 * that serverless SQL cannot read are left out, which is reported and said in the script.
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

    /** What the script is called in the workspace. */
    String name() {
        return sql.database() + "_" + layer + "_views";
    }

    /**
     * The script as an artifact's properties; empty when the lake is not where serverless SQL reads, or, which is reported,
     * there is no table. Old and new versions of Studio each read words of their own for the connection.
     *
     * @param folder where Studio shows it
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
        List<PipelinePlan> shown = plan.pipelines().stream()
                .filter(pipeline -> pipeline.id().layer().equals(layer))
                .filter(pipeline -> !pipeline.isArchived())
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
        if (!AbfssUri.isAddress(plan.project().lake())) {
            return Optional.empty();
        }
        if (shown.isEmpty()) {
            diagnostics.add(Diagnostic.warning(
                    Code.DEPLOY_PLATFORM,
                    SourceSpan.of("conf/env/" + plan.project().environment() + ".yml"),
                    "Cannot make views in the database '" + sql.database() + "': the project's last layer '" + layer
                            + "' has no table",
                    "Leave out 'sql' under 'deploy: {synapse: ...}', or make tables of that layer."));
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
        shown.forEach(pipeline -> script.append(ServerlessReader.obstacle(pipeline.definition())
                .map(obstacle -> leftOut(pipeline, obstacle))
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

    private String leftOut(PipelinePlan pipeline, ServerlessReader.Obstacle obstacle) {
        diagnostics.add(Diagnostic.warning(
                Code.DEPLOY_PLATFORM,
                pipeline.target().span(),
                "Cannot make a view of " + pipeline.id() + " in the database '" + sql.database() + "': "
                        + obstacle.reason(),
                obstacle.remedy()));
        return "-- " + pipeline.id() + " is left out: " + obstacle.reason() + ". " + obstacle.remedy() + "\n";
    }

    private static String name(String text) {
        return "[" + text.replace("]", "]]") + "]";
    }

    private static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
