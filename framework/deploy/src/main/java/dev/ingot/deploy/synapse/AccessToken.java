package dev.ingot.deploy.synapse;

import java.time.Instant;
import java.util.Objects;

/**
 * A bearer token of Microsoft Entra ID.
 *
 * @param until when it expires
 */
record AccessToken(String value, Instant until) {

    AccessToken {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(until, "until");
    }

    /** So that no message shows it by accident. */
    @Override
    public String toString() {
        return "***";
    }
}
