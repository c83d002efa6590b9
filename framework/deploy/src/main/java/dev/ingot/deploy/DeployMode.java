package dev.ingot.deploy;

import java.util.Locale;

/** Where an application's driver runs: where it is submitted, or in the cluster. */
public enum DeployMode {
    CLIENT,
    CLUSTER;

    /** The word that {@code spark-submit --deploy-mode} takes. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
