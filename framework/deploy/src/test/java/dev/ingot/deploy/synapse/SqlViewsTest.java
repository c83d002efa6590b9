package dev.ingot.deploy.synapse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.deploy.DeploymentTarget;
import dev.ingot.deploy.TextFiles;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlViewsTest {

    private static final String SCRIPT = "sqlscript/lakehouse_gold_views.json";

    @TempDir
    private Path root;

    private final Diagnostics diagnostics = new Diagnostics();

    private String script(String sql, String target) {
        return query(files(new SmallProject(root)
                        .environment("sql: {" + sql + "}")
                        .pipeline("totals", """
                                name: totals
                                source: {table: silver.orders}
                                transformations:
                                  - select: [id, amount]
                                target: {layer: gold, %s}
                                """.formatted(target))
                        .declared())
                .get(SCRIPT));
    }

    private static String query(String artifact) {
        return TextFiles.readJson(artifact).at("/properties/content/query").asText();
    }

    private <O extends Record> Map<String, String> files(DeploymentTarget<O> declared) {
        return declared.platform().files(declared.deployment(), declared.options(), diagnostics);
    }

    @Test
    void readsTheLakeThroughADataSource() {
        assertEquals("""
                -- Views of the gold tables for serverless SQL. The location of [my]]lake] is\
                 https://acct.dfs.core.windows.net/lake/shop.
                USE [lakehouse];
                GO
                IF SCHEMA_ID('gold') IS NULL EXEC('CREATE SCHEMA [gold]');
                GO
                CREATE OR ALTER VIEW [gold].[totals] AS
                SELECT * FROM OPENROWSET(BULK 'gold/totals/', DATA_SOURCE = 'my]lake', FORMAT = 'DELTA') AS [rows];
                GO
                """, script("database: lakehouse, data_source: 'my]lake'", "mode: overwrite"));
    }

    @Test
    void reportsASkippedTableInTheScriptToo() {
        assertEquals("""
                -- Views of the gold tables for serverless SQL.
                USE [lakehouse];
                GO
                IF SCHEMA_ID('gold') IS NULL EXEC('CREATE SCHEMA [gold]');
                GO
                -- gold.totals is skipped: its deletion vectors are newer than the Delta 1.0 that serverless SQL reads.\
                 Set 'deletion_vectors: false' under 'target:'; a table that has them keeps them until it is deleted.
                """, script("database: lakehouse", "mode: merge, keys: [id]"));
        assertEquals(
                List.of("""
                        pipelines/totals.yml:5:9  warning DEPLOY-001  Cannot create a view of gold.totals in the database\
                         'lakehouse': its deletion vectors are newer than the Delta 1.0 that serverless SQL reads
                            Set 'deletion_vectors: false' under 'target:'; a table that has them keeps them until it is\
                         deleted."""), diagnostics.all().stream().map(Diagnostic::render).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mode: overwrite, deletion_vectors: true | its deletion vectors are newer than the Delta 1.0 that serverless SQL reads
            mode: overwrite, cluster_by: [id] | liquid clustering is newer than the Delta 1.0 that serverless SQL reads
            mode: overwrite, properties: {delta.columnMapping.mode: name} | its property delta.columnMapping.mode = name requires more than the Delta 1.0 that serverless SQL reads
            mode: overwrite, properties: {delta.checkpointPolicy: v2} | its property delta.checkpointPolicy = v2 requires more than the Delta 1.0 that serverless SQL reads
            mode: overwrite, columns_open: true, columns: [{name: at, type: timestamp_ntz}] | the type timestamp_ntz of its column at is newer than the Delta 1.0 that serverless SQL reads
            mode: view | it is a view, which has no files
            """)
    void skipsTablesThatServerlessSqlCannotRead(String target, String reason) {
        script("database: lakehouse", target);
        assertEquals(
                List.of("Cannot create a view of gold.totals in the database 'lakehouse': " + reason),
                diagnostics.all().stream().map(Diagnostic::summary).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode: merge, keys: [id], deletion_vectors: false",
                "mode: overwrite, change_feed: true, constraints: {positive: amount > 0}",
                "mode: overwrite, properties: {delta.columnMapping.mode: none, delta.checkpointInterval: '20'}",
                "mode: overwrite, columns_open: true, columns: [{name: number, type: bigint, identity: true}]"
            })
    void createsViewsOfTablesWithWriterFeatures(String target) {
        String script = script("database: lakehouse", target);
        assertEquals(List.of(), diagnostics.all());
        assertTrue(script.contains("VIEW [gold].[totals]"), script);
    }

    @Test
    void usesTheLastLayerOfTheProject() throws IOException {
        SmallProject project =
                new SmallProject(root).environment("sql: {database: lakehouse}").pipeline("totals", """
                        name: totals
                        source: {table: silver.orders}
                        transformations:
                          - select: [id, amount]
                        target: {layer: marts, mode: overwrite}
                        """);
        Files.writeString(root.resolve("conf/project.yml"), """
                name: shop
                layers:
                  bronze: {reads: [outside]}
                  silver: {reads: [bronze]}
                  marts: {reads: [silver]}
                """);
        assertEquals("""
                -- Views of the marts tables for serverless SQL.
                USE [lakehouse];
                GO
                IF SCHEMA_ID('marts') IS NULL EXEC('CREATE SCHEMA [marts]');
                GO
                CREATE OR ALTER VIEW [marts].[totals] AS
                SELECT * FROM OPENROWSET(BULK 'https://acct.dfs.core.windows.net/lake/shop/marts/totals/', FORMAT = 'DELTA')\
                 AS [rows];
                GO
                """, query(files(project.declared()).get("sqlscript/lakehouse_marts_views.json")));
        assertEquals(List.of(), diagnostics.all());
    }

    @Test
    void warnsWhenTheLastLayerHasNoTables() {
        Map<String, String> files = files(new SmallProject(root)
                .environment("sql: {database: lakehouse}")
                .pipeline(
                        "totals",
                        "name: totals\nsource: {table: silver.orders}\ntarget: {layer: silver, mode: overwrite}\n")
                .declared());
        assertFalse(files.containsKey(SCRIPT));
        assertEquals(
                List.of("""
                        conf/env/prod.yml  warning DEPLOY-001  Cannot create views in the database 'lakehouse': the project's\
                         last layer 'gold' has no table
                            Remove 'sql' under 'deploy: {synapse: ...}', or add tables to that layer."""), diagnostics.all().stream().map(Diagnostic::render).toList());
    }
}
