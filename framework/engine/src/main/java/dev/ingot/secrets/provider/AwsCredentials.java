package dev.ingot.secrets.provider;

import dev.ingot.secrets.Secret;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The credentials that sign a request to AWS.
 *
 * @param expiration when they expire; empty for long-term credentials
 */
record AwsCredentials(String accessKey, Secret secretKey, Optional<Secret> sessionToken, Optional<Instant> expiration) {

    AwsCredentials {
        Objects.requireNonNull(accessKey, "accessKey");
        Objects.requireNonNull(secretKey, "secretKey");
        Objects.requireNonNull(sessionToken, "sessionToken");
        Objects.requireNonNull(expiration, "expiration");
    }
}
