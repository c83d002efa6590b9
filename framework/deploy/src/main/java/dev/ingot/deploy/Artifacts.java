package dev.ingot.deploy;

import java.nio.file.Path;
import java.util.Objects;

/**
 * The local paths of the files that a platform's jobs need. {@link Deployment} has their names on the platform.
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
