package dev.ingot.deploy;

import java.nio.file.Path;
import java.util.Objects;

/**
 * The files that a platform's jobs need, where they lie on this machine; there they have the names that
 * {@link Deployment} says.
 *
 * @param jar the job jar
 * @param release the project's release
 */
public record Artifacts(Path jar, Path release) {

    public Artifacts {
        Objects.requireNonNull(jar, "jar");
        Objects.requireNonNull(release, "release");
    }
}
