package dev.ingot.deploy;

import java.util.Locale;

/** Selects where an application's driver runs: on the submitting machine or in the cluster. */
public enum DeployMode {
    CLIENT,
    CLUSTER;

    /** Returns the value for {@code spark-submit --deploy-mode}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
