package dev.ingot.deploy.airflow;

import dev.ingot.options.Option;
import java.util.Objects;

/** Starts the whole pipeline that the platform 'synapse' deploys from the same environment. */
public record SynapseOperator(
        @Option(description = "The workspace's development endpoint.", example = "https://example.dev.azuresynapse.net")
        String endpoint,

        @Option(description = "Airflow's Azure Synapse connection.", defaultValue = "azure_synapse_default")
        String connection) {

    public SynapseOperator {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(connection, "connection");
    }
}
