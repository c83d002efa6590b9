package dev.ingot.release;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The files that make a project: {@code conf} and {@code pipelines}, without the data and the other projects that may lie
 * there. Two projects with the same files have the same release, whoever packs them, wherever and whenever.
 *
 * @param project the project's name, as far as file names may hold it
 * @param files their contents by path, with slashes
 */
public record Release(String project, SortedMap<String, byte[]> files) {

    /** In the folder of an unpacked release: the release's name. */
    public static final String NAME_FILE = ".release";

    private static final List<String> FOLDERS = List.of("conf", "pipelines");
    private static final List<String> KINDS = List.of(".yml", ".sql");
    private static final int NAME_DIGITS = 12;

    /** The earliest moment that a zip file can say. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    public Release {
        project = project.replaceAll("[^A-Za-z0-9_.-]+", "_");
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /**
     * The release of a project as it lies in its folder now.
     *
     * @throws UncheckedIOException when a file cannot be read
     */
    public static Release of(String project, Path root) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (String folder : FOLDERS) {
            try {
                for (Path file : ProjectFiles.below(root, folder)) {
                    if (belongs(file)) {
                        String name = root.relativize(file).toString().replace('\\', '/');
                        files.put(name, Files.readAllBytes(file));
                    }
                }
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot read " + folder, failed);
            }
        }
        return new Release(project, files);
    }

    private static boolean belongs(Path file) {
        return Files.isRegularFile(file)
                && KINDS.stream().anyMatch(kind -> file.getFileName().toString().endsWith(kind));
    }

    /** SHA-256 over the paths and contents, in hexadecimal digits. */
    public String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                digest.update((file.getKey() + "\0" + file.getValue().length + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(file.getValue());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The release's name: {@code project-0123456789ab}. */
    public String name() {
        return project + "-" + hash().substring(0, NAME_DIGITS);
    }

    /** The name of the release's file. */
    public String fileName() {
        return name() + ".zip";
    }

    /** The release's file: the same bytes for the same files. */
    public byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            write(zip, NAME_FILE, name().getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                write(zip, file.getKey(), file.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
