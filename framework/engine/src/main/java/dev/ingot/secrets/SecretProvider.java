package dev.ingot.secrets;

import java.util.Optional;

/** Knows the secrets of one scope. */
public interface SecretProvider {

    /**
     * The whole value under a reference's key, whatever its path; empty when there is none of this name.
     *
     * @throws SecretException when the place of the secrets cannot be read
     */
    Optional<Secret> find(SecretRef ref);

    /** Where a person would put this secret, for the remedy of a message: "set the environment variable X". */
    String remedy(SecretRef ref);
}
