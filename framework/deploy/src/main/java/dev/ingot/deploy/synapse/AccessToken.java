package dev.ingot.deploy.synapse;

import dev.ingot.secrets.Secret;
import java.time.Instant;
import java.util.Objects;

/**
 * A bearer token of Microsoft Entra ID.
 *
 * @param until when it expires
 */
record AccessToken(Secret value, Instant until) {

    AccessToken {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(until, "until");
    }
}
