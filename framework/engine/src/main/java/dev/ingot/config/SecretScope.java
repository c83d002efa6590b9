package dev.ingot.config;

import dev.ingot.options.Option;
import java.util.Optional;

/** Where the secrets of one scope are kept. */
public record SecretScope(
        @Option(
                description = "'env' reads variables INGOT_SECRET_<SCOPE>_<KEY>, 'file' one file per key in a folder.",
                example = "env")
        Provider provider,

        @Option(description = "The folder of the provider 'file'.", example = "/run/secrets")
        Optional<String> path) {

    /** The kinds of places that can keep secrets. */
    public enum Provider {
        ENV,
        FILE
    }

    public SecretScope {
        if ((provider == Provider.FILE) != path.isPresent()) {
            throw new IllegalArgumentException(
                    provider == Provider.FILE
                            ? "the provider 'file' needs 'path'"
                            : "'path' belongs to the provider 'file' only");
        }
    }
}
