package dev.ingot.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Secrets as files of a folder, one file per key, as Docker and Kubernetes mount them. */
public final class FileSecrets implements SecretProvider {

    private final Path folder;

    public FileSecrets(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public Optional<Secret> find(SecretRef ref) {
        Path file = folder.resolve(ref.key()).normalize();
        if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Secret(Files.readString(file).stripTrailing()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public String remedy(SecretRef ref) {
        return "Put it into the file '" + ref.key() + "' of the folder that the scope '" + ref.scope() + "' names.";
    }
}
