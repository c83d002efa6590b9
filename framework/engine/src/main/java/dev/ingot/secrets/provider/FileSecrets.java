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
 * Reads secrets from the files of a folder, one file per key. A file that users other than the owner can read is
 * refused, unless Docker or Kubernetes mounted it: those let every user in the container read it, on a read-only file
 * system or next to the symbolic link {@code ..data} that Kubernetes replaces with each new version.
 */
public final class FileSecrets implements SecretProvider {

    private static final Set<PosixFilePermission> READ_BY_OTHERS =
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
            if (isReadableByOthers(file) && !isMounted(file)) {
                throw new SecretException(
                        "other users can read the file " + file, "Restrict its permissions: chmod go-rwx " + file);
            }
            return Optional.of(new Secret(Files.readString(file).stripTrailing()));
        } catch (IOException unreadable) {
            throw new SecretException("the file " + file + " cannot be read", "Grant this user read permission.");
        }
    }

    private static boolean isReadableByOthers(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null && view.readAttributes().permissions().stream().anyMatch(READ_BY_OTHERS::contains);
    }

    private boolean isMounted(Path file) throws IOException {
        return Files.exists(folder.resolve("..data"), LinkOption.NOFOLLOW_LINKS)
                || Files.getFileStore(file).isReadOnly();
    }

    @Override
    public String remedy(SecretRef ref) {
        return "Write it to the file '" + ref.key() + "' in the folder of the scope '" + ref.scope() + "'.";
    }
}
