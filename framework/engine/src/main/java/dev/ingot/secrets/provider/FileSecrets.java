package dev.ingot.secrets.provider;

import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretProvider;
import dev.ingot.secrets.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * Secrets as files of a folder, one file per key. Only the owner may be able to read a file, unless Docker or Kubernetes
 * mounted it: those give everybody in the container the right to read, on a file system that is mounted read-only or
 * beside the link {@code ..data} that Kubernetes exchanges with each new version.
 */
public final class FileSecrets implements SecretProvider {

    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

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
            if (isOpenToOthers(file) && !isMounted(file)) {
                throw new SecretException(
                        "other users may read the file " + file, "Take that right away: chmod go-rwx " + file);
            }
            return Optional.of(new Secret(Files.readString(file).stripTrailing()));
        } catch (IOException unreadable) {
            throw new SecretException("the file " + file + " cannot be read", "Give this user the right to read it.");
        }
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null && view.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains);
    }

    private boolean isMounted(Path file) throws IOException {
        return Files.exists(folder.resolve("..data"), LinkOption.NOFOLLOW_LINKS)
                || Files.getFileStore(file).isReadOnly();
    }

    @Override
    public String remedy(SecretRef ref) {
        return "Put it into the file '" + ref.key() + "' of the folder that the scope '" + ref.scope() + "' names.";
    }
}
