package dev.ingot.secrets;

import java.util.Optional;

/** Reads the secrets of one scope from its store. */
public interface SecretProvider {

    /**
     * Returns the whole value under a reference's key, whatever its path; empty when no such secret exists.
     *
     * @throws SecretException when the store cannot be read
     */
    Optional<Secret> find(SecretRef ref);

    /** Returns how to create this secret, for the remedy of a message: "Set the environment variable X." */
    String remedy(SecretRef ref);
}
