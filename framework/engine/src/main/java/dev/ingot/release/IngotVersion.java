package dev.ingot.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Provides the version of this build of Ingot. */
public final class IngotVersion {

    private IngotVersion() {}

    /** Returns the version that the build wrote into its jars, such as 0.1.0. */
    public static String current() {
        try (InputStream file = IngotVersion.class.getResourceAsStream("version.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
