package dev.ingot.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.diagnostics.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that settings contain references to secrets, but no secrets. */
class SparkSettingsTest {

    private static final String PROVIDERS = "spark.hadoop.hadoop.security.credential.provider.path";

    private Path root;

    @BeforeEach
    void folder(@TempDir Path folder) throws IOException {
        root = folder;
        Files.createDirectories(root.resolve("conf/env"));
        Files.writeString(root.resolve("conf/project.yml"), "name: shop\n");
    }

    private Project project(String environment) throws IOException {
        Files.writeString(root.resolve("conf/env/local.yml"), "lake: lake\n" + environment);
        Diagnostics diagnostics = new Diagnostics();
        RunValues run = new RunValues("run", LocalDate.parse("2026-01-02"), Instant.EPOCH);
        Project project = new ProjectReader(root, Map.of(), diagnostics)
                .read("local", Map.of(), run)
                .orElse(null);
        diagnostics.throwIfErrors();
        return project;
    }

    @Test
    void convertsSecretsToReferencesWithTheSettingsOfTheirScope() throws IOException {
        Project project = project("""
                spark:
                  spark.sql.shuffle.partitions: 8
                  spark.hadoop.fs.s3a.secret.key: ${secret:aws/prod/lake#key}
                  spark.hadoop.fs.azure.account.key.x: ${secret:syn/azure}
                  spark.hadoop.c: ${secret:bricks/c}
                  spark.hadoop.f: ${secret:files/f}
                  spark.hadoop.k: ${secret:vault/k}
                secrets:
                  aws: {provider: aws_secrets_manager, region: eu-central-1, endpoint: "https://127.0.0.1:5000"}
                  syn: {provider: synapse, vault: sales, linked_service: vault_service}
                  bricks: {provider: databricks, scope: etl}
                  files: {provider: file, path: /run/secrets}
                  vault: {provider: azure_key_vault, vault: "https://sales.vault.azure.net"}
                  unused: {provider: env}
                """);
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("spark.sql.shuffle.partitions", "8");
        expected.put("spark.hadoop.ingot.secret.fs.s3a.secret.key", "aws/prod/lake#key");
        expected.put("spark.hadoop.ingot.scope.aws.provider", "aws_secrets_manager");
        expected.put("spark.hadoop.ingot.scope.aws.region", "eu-central-1");
        expected.put("spark.hadoop.ingot.scope.aws.endpoint", "https://127.0.0.1:5000");
        expected.put("spark.hadoop.ingot.secret.fs.azure.account.key.x", "syn/azure");
        expected.put("spark.hadoop.ingot.scope.syn.provider", "synapse");
        expected.put("spark.hadoop.ingot.scope.syn.vault", "sales");
        expected.put("spark.hadoop.ingot.scope.syn.linked_service", "vault_service");
        expected.put("spark.hadoop.ingot.secret.c", "bricks/c");
        expected.put("spark.hadoop.ingot.scope.bricks.provider", "databricks");
        expected.put("spark.hadoop.ingot.scope.bricks.scope", "etl");
        expected.put("spark.hadoop.ingot.secret.f", "files/f");
        expected.put("spark.hadoop.ingot.scope.files.provider", "file");
        expected.put("spark.hadoop.ingot.scope.files.path", "/run/secrets");
        expected.put("spark.hadoop.ingot.secret.k", "vault/k");
        expected.put("spark.hadoop.ingot.scope.vault.provider", "azure_key_vault");
        expected.put("spark.hadoop.ingot.scope.vault.vault", "https://sales.vault.azure.net");
        expected.put(PROVIDERS, "ingot:///");

        assertEquals(expected.toString(), SparkSettings.of(project).toString());
        project.secrets().forEach((name, scope) -> assertEquals(scope, SecretScope.of(scope.settings())));
    }

    @Test
    void addsNoProviderWithoutASecret() throws IOException {
        assertEquals(
                Map.of("spark.hadoop.a", "b"),
                SparkSettings.of(project("spark: {spark.hadoop.a: b}\nsecrets: {kv: {provider: env}}\n")));
    }

    @Test
    void keepsTheProvidersOfTheFile() throws IOException {
        Project project = project("spark: {spark.hadoop.a: '${secret:kv/a}', " + PROVIDERS
                + ": 'jceks://file/a, jceks://file/b'}\nsecrets: {kv: {provider: env}}\n");

        assertEquals(
                "jceks://file/a, jceks://file/b,ingot:///",
                SparkSettings.of(project).get(PROVIDERS));
    }

    @Test
    void doesNotRepeatExistingSettings() throws IOException {
        Project project = project("""
                spark: {spark.a: file, spark.b: file, spark.hadoop.c: '${secret:kv/c}', spark.hadoop.d: '${secret:kv/d}'}
                secrets: {kv: {provider: env}}
                """);
        Map<String, String> existing =
                Map.of("spark.a", "submitted", "spark.hadoop.c", "x", PROVIDERS, "jceks://file/a");
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("spark.b", "file");
        expected.put("spark.hadoop.ingot.secret.d", "kv/d");
        expected.put("spark.hadoop.ingot.scope.kv.provider", "env");
        expected.put(PROVIDERS, "jceks://file/a,ingot:///");

        assertEquals(expected, SparkSettings.additionalTo(existing, project));
        Map<String, String> all = new LinkedHashMap<>(SparkSettings.of(project));
        assertEquals(Map.of(PROVIDERS, "ingot:///"), SparkSettings.additionalTo(all, project));
    }
}
