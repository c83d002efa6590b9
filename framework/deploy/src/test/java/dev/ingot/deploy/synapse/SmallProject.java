package dev.ingot.deploy.synapse;

import dev.ingot.deploy.DeclaredProject;
import dev.ingot.deploy.DeploymentTarget;
import java.nio.file.Path;

/** A small project in a folder, with the deployment that the platform generates from it. */
final class SmallProject {

    private static final String ORDERS_RAW = """
            name: orders_raw
            source:
              rows: [{id: '1', amount: '9.5'}]
              read: all
            target: {layer: bronze, mode: append}
            """;

    private static final String ORDERS = """
            name: orders
            source: {table: bronze.orders_raw}
            target: {layer: silver, mode: merge, keys: [id]}
            """;

    private static final String TOTALS = """
            name: totals
            source: {table: silver.orders}
            transformations:
              - select: [id, amount]
            target: {layer: gold, mode: overwrite}
            """;

    private final DeclaredProject project;

    SmallProject(Path root) {
        this.project = new DeclaredProject(root, "ingot-job-0.1.0.jar", "shop-1a2b3c.zip");
        project.write("conf/project.yml", "name: shop\n");
        environment("");
        pipeline("orders_raw", ORDERS_RAW);
        pipeline("orders", ORDERS);
        pipeline("totals", TOTALS);
    }

    /** Writes the environment 'prod', with more lines under 'deploy: {synapse: ...}'. */
    SmallProject environment(String lines) {
        return environmentFile("""
                lake: abfss://lake@acct.dfs.core.windows.net/shop
                secrets:
                  kv: {provider: synapse, vault: acme, linked_service: vault}
                spark:
                  spark.sql.shuffle.partitions: 64
                deploy:
                  schedule: {cron: "0 6 * * *"}
                  synapse:
                    artifacts: abfss://jobs@acct.dfs.core.windows.net/ingot
                    workspace: acme-data
                    pool: spark35
                """ + lines.indent(4));
    }

    SmallProject environmentFile(String text) {
        project.write("conf/env/prod.yml", text);
        return this;
    }

    SmallProject pipeline(String name, String text) {
        project.write("pipelines/" + name + ".yml", text);
        return this;
    }

    DeploymentTarget<?> declared() {
        return project.declared("synapse");
    }
}
