package dev.ingot.release;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Unpacks releases. Rejects a release that is incomplete or does not match its name. */
public final class ReleaseReader {

    /** The largest size of an unpacked release, in bytes: far more than the files of any project. */
    private static final long MAX_BYTES = 256L << 20;

    private ReleaseReader() {}

    /**
     * Unpacks a release into a temporary folder, which is deleted when the process ends.
     *
     * @param address its location, for messages
     * @throws IngotException when it is damaged or not a release
     * @throws IOException when it cannot be read or the folder cannot be written
     */
    public static Path unpack(InputStream file, String address) throws IOException {
        Path folder = Files.createTempDirectory("ingot-release-").toRealPath();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        unpack(file, address, folder);
        return folder;
    }

    /** Creates the error for a release that does not exist. */
    public static IngotException missing(String address) {
        return new IngotException(Diagnostic.error(
                Code.CONF_RELEASE,
                SourceSpan.of("--project"),
                "Cannot read the release: there is no file " + address,
                "Create it with 'ingot package' and copy it there, or pass its actual location."));
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException ignored) {
            // A remaining temporary file does no harm; the process is ending.
        }
    }

    /**
     * Unpacks a release into an empty folder.
     *
     * @param address its location, for messages
     * @throws IngotException when it is damaged or not a release
     * @throws IOException when it cannot be read or the folder cannot be written
     */
    public static void unpack(InputStream file, String address, Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        String name = "";
        long size = 0;
        try (ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes((int) (MAX_BYTES - size + 1));
                size += content.length;
                if (size > MAX_BYTES
                        || !folder.resolve(entry.getName()).normalize().startsWith(folder)) {
                    throw damaged(address, "it contains an entry that no release contains (" + entry.getName() + ")");
                }
                if (entry.getName().equals(Release.NAME_FILE)) {
                    name = new String(content, StandardCharsets.UTF_8);
                } else {
                    files.put(entry.getName(), content);
                }
            }
        } catch (ZipException | EOFException broken) {
            throw damaged(address, "the file is incomplete or corrupt (" + broken.getMessage() + ")");
        }
        if (name.isEmpty()) {
            throw damaged(address, "the file is not a release, or is incomplete");
        }
        Release release = new Release(name.replaceFirst("-[0-9a-f]+$", ""), files);
        if (!release.name().equals(name)) {
            throw damaged(address, "its files do not match its name " + name);
        }
        for (var each : files.entrySet()) {
            Path target = folder.resolve(each.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, each.getValue());
        }
        Files.writeString(folder.resolve(Release.NAME_FILE), name);
    }

    private static IngotException damaged(String address, String reason) {
        return new IngotException(Diagnostic.error(
                Code.CONF_RELEASE,
                SourceSpan.of(address),
                "Cannot read the release: " + reason,
                "Create it again with 'ingot package', and copy the complete file."));
    }
}
