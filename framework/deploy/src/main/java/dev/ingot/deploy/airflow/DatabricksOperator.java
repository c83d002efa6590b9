package dev.ingot.deploy.airflow;

import dev.ingot.options.Option;
import java.util.Objects;

/** Starts the whole job that the platform 'databricks' deploys from the same environment. */
public record DatabricksOperator(
        @Option(description = "Airflow's Databricks connection.", defaultValue = "databricks_default", inline = true)
        String connection) {

    public DatabricksOperator {
        Objects.requireNonNull(connection, "connection");
    }
}
