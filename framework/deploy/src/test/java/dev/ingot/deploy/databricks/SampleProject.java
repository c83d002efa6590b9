package dev.ingot.deploy.databricks;

import dev.ingot.deploy.DeclaredProject;
import dev.ingot.deploy.DeploymentTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project in its own folder, with an environment 'prod' on Databricks. */
final class SampleProject {

    static final String CLUSTER = "cluster: {spark_version: 16.4.x-scala2.12, node_type: Standard_D4ds_v5, workers: 2}";
    static final String JAR = "ingot-job_2.12-0.1.0.jar";
    static final String RELEASE = "shop-1.zip";

    private final Path folder;
    private DeclaredProject project;
    private String artifacts = "/Volumes/main/ops/ingot";
    private String compute = CLUSTER;
    private String runAs = "ada@example.com";
    private String more = "";
    private String settings = "schedule: {cron: '0 6 * * 1-5', timezone: Europe/Berlin}";
    private String lake = "abfss://lake@account.dfs.core.windows.net/shop";
    private String environment = "";

    SampleProject(Path folder) {
        this.folder = folder;
        this.project = new DeclaredProject(folder, JAR, RELEASE);
        project.write("conf/project.yml", "name: shop\nvariables: {least: {type: int, default: 5}}\n");
        pipeline("bronze.orders", "source:\n  rows: [{id: 1}]\n", "{layer: bronze, mode: append}");
        pipeline("silver.orders", "source: {table: bronze.orders}\n", "{layer: silver, mode: overwrite}");
    }

    SampleProject jar(String name) {
        this.project = new DeclaredProject(folder, name, RELEASE);
        return this;
    }

    SampleProject artifacts(String folder) {
        this.artifacts = folder;
        return this;
    }

    /** Sets the compute; serverless compute uses a jar for another Scala version. */
    SampleProject compute(String yaml) {
        this.compute = yaml;
        return yaml.startsWith("serverless") ? jar(JAR.replace("2.12", "2.13")) : this;
    }

    SampleProject runAs(String identity) {
        this.runAs = identity;
        return this;
    }

    /** Sets further options of the platform, one for each line. */
    SampleProject options(String... lines) {
        this.more = String.join("\n    ", lines);
        return this;
    }

    /** Sets the other keys under 'deploy:'. */
    SampleProject settings(String yaml) {
        this.settings = yaml;
        return this;
    }

    SampleProject lake(String address) {
        this.lake = address;
        return this;
    }

    /** Sets further sections of the environment. */
    SampleProject environment(String yaml) {
        this.environment = yaml;
        return this;
    }

    /** Adds a pipeline for a table 'layer.name'. */
    SampleProject pipeline(String table, String head, String target) {
        String name = table.substring(table.indexOf('.') + 1);
        project.write("pipelines/" + table + ".yml", "name: " + name + "\n" + head + "target: " + target + "\n");
        return this;
    }

    void remove(String table) {
        try {
            Files.delete(folder.resolve("pipelines/" + table + ".yml"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Reads the declaration of the platform.
     *
     * @throws dev.ingot.diagnostics.IngotException with every error
     */
    @SuppressWarnings("unchecked")
    DeploymentTarget<Databricks.Options> declared() {
        project.write(
                "conf/env/prod.yml",
                "lake: " + lake + "\n" + environment + "deploy:\n  " + settings + "\n  databricks:\n    artifacts: "
                        + artifacts + "\n    run_as: " + runAs + "\n    " + compute + "\n    " + more + "\n");
        return (DeploymentTarget<Databricks.Options>) project.declared("databricks");
    }
}
