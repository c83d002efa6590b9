package dev.ingot.deploy.synapse;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.state.Lake;
import java.util.List;
import java.util.Optional;

/**
 * The gold tables as views of a serverless SQL database: a script that may be run again. Tables that serverless SQL
 * cannot read are left out, which is reported and said in the script.
 */
final class GoldViews {

    private static final String LAYER = "gold";

    private final LogicalPlan plan;
    private final Synapse.Sql sql;
    private final Diagnostics diagnostics;

    GoldViews(LogicalPlan plan, Synapse.Sql sql, Diagnostics diagnostics) {
        this.plan = plan;
        this.sql = sql;
        this.diagnostics = diagnostics;
    }

    static String file(Synapse.Sql sql) {
        return "sql/" + sql.database() + "_gold_views.sql";
    }

    /** The script; empty when there is no gold table, or the lake is not where serverless SQL reads. */
    Optional<String> script() {
        List<PipelinePlan> gold = plan.pipelines().stream()
                .filter(pipeline -> pipeline.id().layer().equals(LAYER))
                .filter(pipeline -> !pipeline.pipeline().isArchived())
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
        if (gold.isEmpty() || !Abfss.isAddress(plan.project().lake())) {
            return Optional.empty();
        }
        StringBuilder script = new StringBuilder("-- Views of the gold tables for serverless SQL.");
        sql.dataSource()
                .ifPresent(source -> script.append(" The location of ")
                        .append(name(source))
                        .append(" is ")
                        .append(Abfss.of(plan.project().lake()).https())
                        .append('.'));
        script.append("\nUSE ").append(name(sql.database())).append(";\nGO\n");
        script.append("IF SCHEMA_ID('gold') IS NULL EXEC('CREATE SCHEMA [gold]');\nGO\n");
        gold.forEach(pipeline -> script.append(ServerlessReader.obstacle(pipeline.pipeline())
                .map(obstacle -> leftOut(pipeline, obstacle))
                .orElseGet(() -> view(pipeline.id()))));
        return Optional.of(script.toString());
    }

    private String view(TableId table) {
        String bulk = sql.dataSource().isPresent()
                ? new Lake("").table(table).substring(1)
                : Abfss.of(new Lake(plan.project().lake()).table(table)).https();
        String source =
                sql.dataSource().map(name -> ", DATA_SOURCE = " + text(name)).orElse("");
        return "CREATE OR ALTER VIEW " + name(table.layer()) + "." + name(table.table())
                + " AS\nSELECT * FROM OPENROWSET(BULK " + text(bulk + "/") + source
                + ", FORMAT = 'DELTA') AS [rows];\nGO\n";
    }

    private String leftOut(PipelinePlan pipeline, ServerlessReader.Obstacle obstacle) {
        diagnostics.add(Diagnostic.warning(
                Code.DEPLOY_PLATFORM,
                pipeline.pipeline().target().span(),
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
