package dev.ingot.deploy.airflow;

import dev.ingot.config.SecretScope;
import dev.ingot.config.SparkSettings;
import dev.ingot.deploy.CronFields;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.deploy.Platform;
import dev.ingot.deploy.SecretProviderSupport;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.Option;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes a DAG file for each job, for Airflow 2.10 and 3. One of Airflow's own operators starts the tasks; the
 * environment chooses it by one of {@code spark_submit}, {@code databricks} and {@code synapse}.
 */
public final class Airflow implements Platform<Airflow.Options> {

    private static final Pattern DOTTED = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)+");

    private static final Pattern TEMPLATE = Pattern.compile("\\{[{%#]");

    /** The Airflow settings of an environment. */
    public record Options(
            @Option(
                    description = "Submits each task to a Spark cluster.",
                    example = "{files: 's3a://jobs/ingot', connection: spark_default}")
            Optional<SparkSubmitOperator> sparkSubmit,

            @Option(
                    description = "Starts the job on Databricks, which contains the tasks.",
                    example = "{connection: databricks_default}")
            Optional<DatabricksOperator> databricks,

            @Option(
                    description = "Starts the pipeline on Azure Synapse, which contains the tasks.",
                    example = "{endpoint: 'https://example.dev.azuresynapse.net'}")
            Optional<SynapseOperator> synapse,

            @Option(description = "How often Airflow retries a failed task.", defaultValue = "2")
            int retries,

            @Option(description = "The pool in which the tasks run.", example = "spark")
            Optional<String> pool,

            @Option(description = "The owner of the tasks that Airflow shows.", example = "data-platform")
            Optional<String> owner,

            @Option(
                    description = "The dotted name of the function that Airflow calls when a DAG run fails.",
                    example = "company.alerts.page")
            Optional<String> onFailure) {

        public Options {
            Objects.requireNonNull(sparkSubmit, "sparkSubmit");
            Objects.requireNonNull(databricks, "databricks");
            Objects.requireNonNull(synapse, "synapse");
            Objects.requireNonNull(pool, "pool");
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(onFailure, "onFailure");
            if (Stream.of(sparkSubmit, databricks, synapse)
                            .filter(Optional::isPresent)
                            .count()
                    != 1) {
                throw new IllegalArgumentException(
                        "it needs exactly one of 'spark_submit', 'databricks' and 'synapse'");
            }
            if (retries < 0) {
                throw new IllegalArgumentException("'retries' must be at least 0, not " + retries);
            }
            onFailure.filter(name -> !DOTTED.matcher(name).matches()).ifPresent(name -> {
                throw new IllegalArgumentException(
                        "'on_failure' must be a dotted name such as 'company.alerts.page', not '" + name + "'");
            });
        }
    }

    @Override
    public String name() {
        return "airflow";
    }

    @Override
    public String summary() {
        return "A DAG file for each job, for Airflow 2.10 and 3, on spark-submit, Databricks or Synapse.";
    }

    @Override
    public Class<Options> options() {
        return Options.class;
    }

    @Override
    public Set<SecretScope.Provider> secretProviders(Options options) {
        if (options.databricks().isPresent()) {
            return SecretProviderSupport.ON_DATABRICKS;
        }
        return options.synapse().isPresent() ? SecretProviderSupport.ON_SYNAPSE : SecretProviderSupport.SELF_HOSTED;
    }

    @Override
    public SortedMap<String, String> files(Deployment deployment, Options options, Diagnostics diagnostics) {
        options.sparkSubmit().ifPresent(spark -> {
            rejectTemplates(deployment, diagnostics);
            spark.report(deployment, diagnostics);
        });
        SortedMap<String, String> files = new TreeMap<>();
        deployment.jobs().forEach(job -> {
            rejectBothDays(job, deployment, diagnostics);
            files.put(
                    "dags/" + DagModel.id(job, deployment) + ".py",
                    DagTemplate.of(options).text(new DagModel(deployment, job, options).variables()));
        });
        return files;
    }

    @Override
    public void check(Map<String, String> files, Diagnostics diagnostics) {
        new DagCheck(diagnostics).check(files);
    }

    private static void rejectBothDays(Job job, Deployment deployment, Diagnostics diagnostics) {
        job.schedule()
                .map(schedule -> CronFields.of(schedule.cron()))
                .filter(cron -> cron.restrictsBothDays() && !cron.eitherDay())
                .ifPresent(cron -> diagnostics.add(deployment.unsupportedSchedule(
                        job,
                        "Airflow",
                        "it means " + cron.dayFieldsMeaning() + ", and Airflow runs on days that match either field",
                        "Use '*' in the third or the fifth field.")));
    }

    private static void rejectTemplates(Deployment deployment, Diagnostics diagnostics) {
        SparkSettings.of(deployment.plan().project()).forEach((name, value) -> {
            if (TEMPLATE.matcher(value).find()) {
                diagnostics.add(Diagnostic.error(
                        Code.DEPLOY_PLATFORM,
                        SourceSpan.of("conf/env/" + deployment.environment() + ".yml"),
                        "Cannot pass the setting '" + name + "' to Airflow: Airflow would render '" + value
                                + "' as a template",
                        "Set it in the Spark that Airflow's Spark connection refers to."));
            }
        });
    }

    /** Splits a dotted name into the module and the function in it. */
    static List<String> parts(String dotted) {
        int dot = dotted.lastIndexOf('.');
        return List.of(dotted.substring(0, dot), dotted.substring(dot + 1));
    }
}
