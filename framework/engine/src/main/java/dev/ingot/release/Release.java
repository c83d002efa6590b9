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
 * The files of a project: {@code conf} and {@code pipelines}, without data files and nested projects. Two projects with the
 * same files have the same release, regardless of user, place and time.
 *
 * @param project the project's name, with other characters than file names allow replaced by {@code _}
 * @param files the contents by path, with slashes
 */
public record Release(String project, SortedMap<String, byte[]> files) {

    /** The file in an unpacked release that contains the release's name. */
    public static final String NAME_FILE = ".release";

    private static final List<String> FOLDERS = List.of("conf", "pipelines");
    private static final List<String> EXTENSIONS = List.of(".yml", ".sql");
    private static final int NAME_DIGITS = 12;

    /** The earliest time that a zip file can store. */
    private static final LocalDateTime ZIP_EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    public Release {
        project = project.replaceAll("[^A-Za-z0-9_.-]+", "_");
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /**
     * Creates the release of a project from the current files of its folder.
     *
     * @throws UncheckedIOException when a file cannot be read
     */
    public static Release of(String project, Path root) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (String folder : FOLDERS) {
            try {
                for (Path file : ProjectFiles.below(root, folder)) {
                    if (isIncluded(file)) {
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

    private static boolean isIncluded(Path file) {
        return Files.isRegularFile(file)
                && EXTENSIONS.stream()
                        .anyMatch(extension -> file.getFileName().toString().endsWith(extension));
    }

    /** Returns the SHA-256 of the paths and contents, in hexadecimal digits. */
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

    /** Returns the release's name: {@code project-0123456789ab}. */
    public String name() {
        return project + "-" + hash().substring(0, NAME_DIGITS);
    }

    /** Returns the name of the release's zip file. */
    public String fileName() {
        return name() + ".zip";
    }

    /** Returns the release's zip file: the same bytes for the same files. */
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
        entry.setTimeLocal(ZIP_EPOCH);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
