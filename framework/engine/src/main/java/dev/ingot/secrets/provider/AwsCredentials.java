package dev.ingot.secrets.provider;

import dev.ingot.secrets.Secret;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Who signs a request to AWS.
 *
 * @param end when they are no longer good; those that are given by hand have none
 */
record AwsCredentials(String accessKey, Secret secretKey, Optional<Secret> sessionToken, Optional<Instant> end) {

    AwsCredentials {
        Objects.requireNonNull(accessKey, "accessKey");
        Objects.requireNonNull(secretKey, "secretKey");
        Objects.requireNonNull(sessionToken, "sessionToken");
        Objects.requireNonNull(end, "end");
    }
}
