package dev.ingot.deploy.synapse;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.config.Project;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.deploy.Declared;
import dev.ingot.deploy.DeployReader;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.Planning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/** A project in a folder, and what the platform makes of it. */
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

    private final Path root;

    SmallProject(Path root) {
        this.root = root;
        file("conf/project.yml", "name: shop\n");
        environment("");
        pipeline("orders_raw", ORDERS_RAW);
        pipeline("orders", ORDERS);
        pipeline("totals", TOTALS);
    }

    /** The environment 'prod', with more lines under 'deploy: {synapse: ...}'. */
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
        file("conf/env/prod.yml", text);
        return this;
    }

    SmallProject pipeline(String name, String text) {
        file("pipelines/" + name + ".yml", text);
        return this;
    }

    Declared<?> declared() {
        Diagnostics diagnostics = new Diagnostics();
        Project project = new ProjectReader(root, Map.of(), diagnostics)
                .read("prod", Map.of(), new RunValues("r1", LocalDate.of(2026, 1, 31), Instant.EPOCH))
                .orElseThrow(() -> new AssertionError(diagnostics.all()));
        LogicalPlan plan =
                Planning.of(project, ComponentCatalog.load(SmallProject.class.getClassLoader()), diagnostics);
        diagnostics.throwIfErrors();
        Declared<?> declared = new DeployReader(diagnostics)
                .read(plan, "synapse", "ingot-job-0.1.0.jar", "shop-1a2b3c.zip")
                .orElse(null);
        diagnostics.throwIfErrors();
        return declared;
    }

    private void file(String name, String text) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
