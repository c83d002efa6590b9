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

/** Unpacks releases. What is not whole, or not what its name says, is refused. */
public final class ReleaseReader {

    /** Far more than any project's files; a file beyond it is no release. */
    private static final long LARGEST = 256L << 20;

    private ReleaseReader() {}

    /**
     * Unpacks a release into a temporary folder, which goes with the process.
     *
     * @param address where it comes from, for messages
     * @throws IngotException when it is damaged or no release
     * @throws IOException when it cannot be read or the folder cannot be written
     */
    public static Path unpack(InputStream file, String address) throws IOException {
        Path folder = Files.createTempDirectory("ingot-release-").toRealPath();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        unpack(file, address, folder);
        return folder;
    }

    /** What is said of a release that is not there. */
    public static IngotException missing(String address) {
        return new IngotException(Diagnostic.error(
                Code.CONF_RELEASE,
                SourceSpan.of("--project"),
                "Cannot read the release: there is no file " + address,
                "'ingot package' makes a release; copy it there, or name the place where it is."));
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException stays) {
            // A temporary file that stays does no harm; the process is ending.
        }
    }

    /**
     * Unpacks a release into an empty folder.
     *
     * @param address where it comes from, for messages
     * @throws IngotException when it is damaged or no release
     * @throws IOException when it cannot be read or the folder cannot be written
     */
    public static void unpack(InputStream file, String address, Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        String name = "";
        long size = 0;
        try (ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes((int) (LARGEST - size + 1));
                size += content.length;
                if (size > LARGEST
                        || !folder.resolve(entry.getName()).normalize().startsWith(folder)) {
                    throw damaged(address, "it holds what no release holds (" + entry.getName() + ")");
                }
                if (entry.getName().equals(Release.NAME_FILE)) {
                    name = new String(content, StandardCharsets.UTF_8);
                } else {
                    files.put(entry.getName(), content);
                }
            }
        } catch (ZipException | EOFException broken) {
            throw damaged(address, "the file is not whole (" + broken.getMessage() + ")");
        }
        if (name.isEmpty()) {
            throw damaged(address, "the file is no release, or not a whole one");
        }
        Release release = new Release(name.replaceFirst("-[0-9a-f]+$", ""), files);
        if (!release.name().equals(name)) {
            throw damaged(address, "its files are not those of " + name);
        }
        for (var each : files.entrySet()) {
            Path target = folder.resolve(each.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, each.getValue());
        }
        Files.writeString(folder.resolve(Release.NAME_FILE), name);
    }

    private static IngotException damaged(String address, String why) {
        return new IngotException(Diagnostic.error(
                Code.CONF_RELEASE,
                SourceSpan.of(address),
                "Cannot read the release: " + why,
                "Pack it again with 'ingot package', and copy it whole."));
    }
}
