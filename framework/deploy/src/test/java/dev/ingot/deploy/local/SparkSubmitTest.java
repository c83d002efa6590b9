package dev.ingot.deploy.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.deploy.DeclaredProject;
import dev.ingot.deploy.DeploymentTarget;
import dev.ingot.deploy.Job;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.testkit.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSubmitTest {

    private static final String SCRIPT = "deploy/local/prod/submit-shop.sh";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeProject() throws IOException {
        write("conf/project.yml", "name: shop");
        write(
                "pipelines/orders.yml",
                "name: orders",
                "source: {rows: [{id: 1}]}",
                "target: {layer: bronze, mode: append}");
    }

    @Test
    void passesAllThatSparkSubmitNeeds() throws IOException {
        environment(
                "lake: /lake",
                "spark: {spark.executor.memory: 4g, spark.master: 'local[*]'}",
                "deploy:",
                "  schedule: {cron: '0 6 * * *'}",
                "  local: {master: yarn, artifacts: /srv/ingot/, dependencies: provided}");

        assertEquals("""
                #!/bin/sh
                # Runs shop/prod/shop with spark-submit, as one application.
                # Its schedule, for the scheduler: 0 6 * * * (UTC)
                #
                #   sh submit-shop.sh [RUN_ID [OPTION...]]
                #
                #   RUN_ID      the run id; default: INGOT_RUN_ID, else a generated one; a retry with the same run id
                #               reads the same inputs
                #   OPTION      another option of 'ingot run', such as --date 2026-01-31
                #   SPARK_HOME  the Spark whose spark-submit is used; default: the spark-submit on the PATH
                set -eu

                case "${1:-}" in -*)
                    echo "submit-shop.sh: the first argument is the run id, not '$1'" >&2
                    exit 2
                    ;;
                esac
                run_id=${1:-${INGOT_RUN_ID:-$(date -u +%Y%m%dT%H%M%S)-$$}}
                [ $# -eq 0 ] || shift

                exec "${SPARK_HOME:+$SPARK_HOME/bin/}spark-submit" \\
                    --name shop/prod/shop \\
                    --master yarn \\
                    --deploy-mode client \\
                    --class dev.ingot.cli.JobMain \\
                    --conf spark.delta.logStore.file.impl=dev.ingot.state.LocalLogStore \\
                    --conf spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog \\
                    --conf spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension \\
                    --conf spark.executor.memory=4g \\
                    /srv/ingot/ingot-job.jar \\
                    run --project /srv/ingot/shop-1.zip --env prod --run-id "$run_id" "$@"
                """, files().get(SCRIPT));
    }

    @Test
    void writesAScriptForEachSchedule() throws IOException {
        write(
                "pipelines/hourly.yml",
                "name: hourly",
                "schedule: {cron: '0 * * * *'}",
                "source: {rows: [{id: 1}]}",
                "target: {layer: bronze, mode: append}");
        environment("lake: /lake", "deploy: {local: {artifacts: /srv/ingot}}");

        SortedMap<String, String> files = files();

        assertEquals(
                List.of("deploy/local/prod/submit-shop.sh", "deploy/local/prod/submit-shop_bronze_hourly.sh"),
                List.copyOf(files.keySet()));
        assertEquals(
                List.of(
                        "run",
                        "bronze.orders",
                        "--project",
                        "/srv/ingot/shop-1.zip",
                        "--env",
                        "prod",
                        "--run-id",
                        "r1"),
                after("/srv/ingot/ingot-job.jar", submitted(files.get(SCRIPT), "r1")));
    }

    @Test
    void addsTheSecretResolverToTheInitialClassPath() throws IOException {
        environment(
                "lake: s3a://lake/shop",
                "secrets: {vault: {provider: env}}",
                "spark:",
                "  spark.driver.extraClassPath: /opt/own.jar",
                "  spark.hadoop.fs.s3a.secret.key: ${secret:vault/key}",
                "deploy: {local: {artifacts: /srv/ingot}}");

        Diagnostics diagnostics = new Diagnostics();
        List<String> submitted = submitted(files(diagnostics).get(SCRIPT), "r1");

        assertTrue(submitted.contains("spark.driver.extraClassPath=/srv/ingot/ingot-job.jar:/opt/own.jar"));
        assertTrue(submitted.contains("spark.executor.extraClassPath=/srv/ingot/ingot-job.jar"));
        assertTrue(submitted.contains("spark.hadoop.ingot.secret.fs.s3a.secret.key=vault/key"));
        assertEquals(List.of(), diagnostics.all());
    }

    @Test
    void warnsThatSecretsNeedTheJobJarAmongSparksJars() throws IOException {
        environment(
                "lake: s3a://lake/shop",
                "secrets: {vault: {provider: env}}",
                "spark: {spark.hadoop.fs.s3a.secret.key: '${secret:vault/key}'}",
                "deploy: {local: {artifacts: 's3a://jobs/ingot', dependencies: provided}}");

        Diagnostics diagnostics = new Diagnostics();
        String script = files(diagnostics).get(SCRIPT);

        assertFalse(script.contains("extraClassPath"), script);
        assertEquals("""
                conf/env/prod.yml  warning DEPLOY-001  Cannot put the job jar on the class path where Hadoop looks for the secret resolver: 'artifacts' is 's3a://jobs/ingot', not a local folder of every machine
                    Put the job jar into Spark's 'jars' folder, or into the image.""", rendered(diagnostics));
    }

    @Test
    void rejectsSecretProvidersOfOtherPlatforms() throws IOException {
        environment(
                "lake: /lake",
                "secrets: {etl: {provider: databricks}}",
                "spark: {spark.hadoop.fs.s3a.secret.key: '${secret:etl/key}'}",
                "deploy: {local: {artifacts: /srv/ingot}}");

        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot read the secrets of the scope 'etl' on 'local': jobs"
                        + " there cannot reach the provider 'databricks'\n"
                        + "    accepted: env, file, hadoop, azure_key_vault, aws_secrets_manager\n"
                        + "    Use another provider in this environment, or a separate environment for this platform.",
                assertThrows(IngotException.class, this::files).getMessage());
    }

    @Test
    void takesARunIdAndOptionsFromTheCaller() throws Exception {
        environment("lake: /lake", "deploy: {local: {artifacts: /srv/ingot}}");
        String script = files().get(SCRIPT);

        assertEquals(
                List.of("--run-id", "2026-01-31 a", "--date", "2026-01-31", "--var", "x=a b"),
                after("prod", submitted(script, "2026-01-31 a", "--date", "2026-01-31", "--var", "x=a b")));
        String generated = after("--run-id", submitted(script)).get(0);
        assertEquals(true, generated.matches("\\d{8}T\\d{6}-\\d+"), generated);
    }

    @Test
    void quotesValuesForTheShell() throws IOException {
        environment(
                "lake: /lake",
                "spark: {spark.executor.extraJavaOptions: \"-Da='$HOME' -Db=`id`\"}",
                "deploy: {local: {artifacts: \"/srv/it's here\", dependencies: provided}}");

        List<String> arguments = submitted(files().get(SCRIPT), "r1");

        assertEquals(
                "spark.executor.extraJavaOptions=-Da='$HOME' -Db=`id`", arguments.get(arguments.indexOf("run") - 2));
        assertEquals("/srv/it's here/ingot-job.jar", arguments.get(arguments.indexOf("run") - 1));
    }

    @Test
    void quotesANameWithALineBreak() throws IOException {
        environment("lake: /lake", "deploy: {local: {artifacts: /srv/ingot}}");
        DeploymentTarget<?> declared = declared();
        SubmitScript scripts = new SubmitScript(
                declared.deployment(), (SparkSubmit.Options) declared.options(), SparkLine.ofThisBuild());

        String script = scripts.of(new Job("shop\necho run/prod/shop", "shop", Optional.empty(), List.of()));

        assertEquals(
                "shop\necho run/prod/shop",
                String.join("\n", submitted(script, "r1").subList(1, 3)));
        assertEquals("--name", submitted(script, "r1").get(0));
    }

    @Test
    void passesJvmOptionsToADriverInAStandaloneCluster() throws IOException {
        environment(
                "lake: /lake",
                "spark: {spark.driver.extraJavaOptions: -Dmine=1}",
                "deploy:",
                "  local: {master: 'spark://m:7077', deploy_mode: cluster, artifacts: /srv/ingot, dependencies: provided}");

        List<String> arguments = submitted(files().get(SCRIPT), "r1");

        assertEquals(
                "spark.driver.extraJavaOptions=" + SparkLine.ofThisBuild().jvm() + " -Dmine=1",
                arguments.get(arguments.indexOf("/srv/ingot/ingot-job.jar") - 1));
    }

    @Test
    void downloadsDeltaAndTheStorageConnectors() {
        SparkLine line = new SparkLine("io.delta:delta-spark_2.12:3.3.2", "3.3.4", "");

        assertEquals(List.of("io.delta:delta-spark_2.12:3.3.2"), line.packages(List.of("/lake", "hdfs://n/ingot")));
        assertEquals(
                List.of(
                        "io.delta:delta-spark_2.12:3.3.2",
                        "org.apache.hadoop:hadoop-aws:3.3.4",
                        "org.apache.hadoop:hadoop-azure:3.3.4"),
                line.packages(List.of("abfss://lake@a.dfs.core.windows.net/x", "s3a://bucket/ingot")));
    }

    @Test
    void keepsTheEnvironmentsPackages() throws IOException {
        environment(
                "lake: /lake",
                "spark: {spark.jars.packages: 'org.example:udfs:1'}",
                "deploy: {local: {artifacts: /srv/ingot}}");

        List<String> arguments = submitted(files().get(SCRIPT), "r1");

        assertEquals(
                "spark.jars.packages=" + SparkLine.ofThisBuild().delta() + ",org.example:udfs:1",
                arguments.get(arguments.indexOf("/srv/ingot/ingot-job.jar") - 1));
    }

    @Test
    void reportsInvalidOptions() throws IOException {
        environment("lake: /lake", "deploy: {local: {deploy_mode: cluster, artifacts: target}}");

        assertEquals("""
                conf/env/prod.yml  error DEPLOY-001  Cannot submit with 'deploy_mode: cluster': the 'master' is 'local[*]', which has only this machine
                    Set 'master' to the cluster's, or set 'deploy_mode: client'.
                conf/env/prod.yml  error DEPLOY-001  Cannot find the job jar in 'artifacts': the relative path 'target' depends on where the script is started
                    Use an absolute path, such as /srv/ingot, or an address such as s3a://bucket/ingot.""", assertThrows(IngotException.class, this::files).getMessage());

        environment("lake: /lake", "deploy: {local: {master: mesos, artifacts: /srv/ingot}}");

        assertEquals("""
                conf/env/prod.yml  error DEPLOY-001  Cannot submit to the 'master' 'mesos': Spark has no such master
                    accepted: local[*], spark://host:7077, yarn, k8s://https://host:6443""", assertThrows(IngotException.class, this::files).getMessage());
    }

    @Test
    void rejectsAJobJarThatNeedsAConnectorFromMaven() throws IOException {
        environment("lake: /lake", "deploy: {local: {master: yarn, artifacts: 's3a://jobs/ingot'}}");

        assertEquals("""
                conf/env/prod.yml  error DEPLOY-001  Cannot start the job jar in 'artifacts', 's3a://jobs/ingot': spark-submit opens it before it downloads hadoop-aws from Maven
                    Use a folder on a file system that Spark can already read, such as /srv/ingot, or add Delta and hadoop-aws to Spark's jars and set 'dependencies: provided'.""", assertThrows(IngotException.class, this::files).getMessage());

        environment("lake: /lake", "deploy: {local: {artifacts: 's3a://jobs/ingot', dependencies: provided}}");
        assertEquals(1, files().size());
    }

    @Test
    void passesDefaultsForOneMachine() throws IOException {
        environment(
                "lake: /lake", "spark: {spark.sql.shuffle.partitions: 8}", "deploy: {local: {artifacts: /srv/ingot}}");

        List<String> submitted = submitted(files().get(SCRIPT), "nightly");

        assertEquals("local[*]", after("--master", submitted).get(0));
        assertTrue(submitted.contains("spark.sql.shuffle.partitions=8"), submitted::toString);
        assertTrue(submitted.contains("spark.databricks.delta.snapshotPartitions=1"), submitted::toString);
        assertTrue(submitted.contains("spark.log.level=WARN"), submitted::toString);
    }

    @Test
    void rejectsAnOptionInPlaceOfTheRunId() throws IOException {
        environment("lake: /lake", "deploy: {local: {artifacts: /srv/ingot}}");

        assertEquals(
                List.of("submit-shop.sh: the first argument is the run id, not '--date'"),
                submitted(files().get(SCRIPT), "--date", "2026-01-31"));
    }

    @Test
    void passesShellcheck() throws IOException, InterruptedException {
        Tools.assumeInstalled("shellcheck");
        environment("lake: /lake", "deploy: {local: {artifacts: \"/srv/it's here\"}}");
        Path script = write("submit.sh", files().get(SCRIPT));

        assertEquals("", output(new ProcessBuilder("shellcheck", script.toString())));
    }

    /** Returns the arguments that a script passes to spark-submit. */
    private List<String> submitted(String script, String... arguments) throws IOException {
        Path submit = write("spark/bin/spark-submit", "#!/bin/sh", "printf '%s\\n' \"$@\"");
        assertEquals(true, submit.toFile().setExecutable(true));
        List<String> command =
                new ArrayList<>(List.of("sh", write("submit.sh", script).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
        return output(builder).lines().toList();
    }

    private static String output(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static List<String> after(String argument, List<String> arguments) {
        return arguments.subList(arguments.indexOf(argument) + 1, arguments.size());
    }

    private SortedMap<String, String> files() {
        return files(new Diagnostics());
    }

    private SortedMap<String, String> files(Diagnostics diagnostics) {
        return declared().files(diagnostics);
    }

    private DeploymentTarget<?> declared() {
        return project().declared("local");
    }

    private DeclaredProject project() {
        return new DeclaredProject(folder, "ingot-job.jar", "shop-1.zip");
    }

    private static String rendered(Diagnostics diagnostics) {
        return diagnostics.all().stream().map(Diagnostic::render).collect(Collectors.joining("\n"));
    }

    private void environment(String... lines) throws IOException {
        write("conf/env/prod.yml", lines);
    }

    private Path write(String name, String... lines) {
        return project().write(name, String.join("\n", lines) + "\n");
    }
}
