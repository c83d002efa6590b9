package dev.ingot.deploy.airflow;

import dev.ingot.options.Option;
import java.util.Objects;

/** The job that the platform 'databricks' made of the same environment, started as a whole. */
public record DatabricksOperator(
        @Option(description = "Airflow's Databricks connection.", defaultValue = "databricks_default", inline = true)
        String connection) {

    public DatabricksOperator {
        Objects.requireNonNull(connection, "connection");
    }
}
