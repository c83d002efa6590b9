package dev.ingot.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.diagnostics.IngotException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseTest {

    @TempDir
    private Path folder;

    private Path project(String name) throws IOException {
        Path root = folder.resolve(name);
        write(root, "conf/project.yml", "name: shop\n");
        write(root, "conf/env/prod.yml", "lake: s3a://lake/shop\n");
        write(root, "pipelines/orders.yml", "name: orders\n");
        write(root, "pipelines/deep/orders.sql", "SELECT * FROM input\n");
        return root;
    }

    private static void write(Path root, String name, String text) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), text);
    }

    @Test
    void packsTheSameFilesToTheSameBytes() throws IOException {
        Path one = project("one");
        Path other = project("other");
        Files.setLastModifiedTime(other.resolve("conf/project.yml"), FileTime.fromMillis(1_000_000));

        assertArrayEquals(
                Release.of("shop", one).zip(), Release.of("shop", other).zip());
        assertTrue(Release.of("shop", one).fileName().matches("shop-[0-9a-f]{12}\\.zip"));
    }

    @Test
    void excludesDataAndHiddenFiles() throws IOException {
        Path root = project("one");
        String before = Release.of("shop", root).name();
        write(root, "pipelines/landing/orders.csv", "id\n1\n");
        write(root, "pipelines/.cache/orders.yml", "name: old\n");
        write(root, "README.yml", "x: 1\n");

        assertEquals(before, Release.of("shop", root).name());
        assertEquals(
                List.of("conf/env/prod.yml", "conf/project.yml", "pipelines/deep/orders.sql", "pipelines/orders.yml"),
                List.copyOf(Release.of("shop", root).files().keySet()));
    }

    @Test
    void leavesOutNestedProjects() throws IOException {
        Path root = project("one");
        String before = Release.of("shop", root).name();
        project("one/pipelines/deep/other");
        project("one/conf/other");

        assertEquals(before, Release.of("shop", root).name());
        assertEquals(
                before, Release.of("shop", root.resolve("pipelines/deep/other")).name());
    }

    @Test
    void changesItsNameWithEveryChangeOfAFile() throws IOException {
        Path root = project("one");
        String before = Release.of("shop", root).name();
        write(root, "pipelines/orders.yml", "name: orders \n");
        String changed = Release.of("shop", root).name();
        Files.move(root.resolve("pipelines/orders.yml"), root.resolve("pipelines/orders2.yml"));

        assertNotEquals(before, changed);
        assertNotEquals(changed, Release.of("shop", root).name());
    }

    @Test
    void unpacksWhatWasPacked() throws IOException {
        Release release = Release.of("shop", project("one"));
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        ReleaseReader.unpack(new ByteArrayInputStream(release.zip()), "shop.zip", unpacked);

        assertEquals(release.name(), Release.of("shop", unpacked).name());
        assertEquals(release.name(), Files.readString(unpacked.resolve(".release")));
    }

    @Test
    void rejectsATruncatedFile() throws IOException {
        byte[] whole = Release.of("shop", project("one")).zip();
        for (int length : List.of(0, 10, 60, 200, whole.length / 2)) {
            assertTrue(
                    rejectionMessage(Arrays.copyOf(whole, length)).contains("CONF-009  Cannot read the release"),
                    "truncated to " + length);
        }
    }

    @Test
    void rejectsFilesThatDoNotMatchTheName() throws IOException {
        Release release = Release.of("shop", project("one"));
        TreeMap<String, byte[]> files = new TreeMap<>(release.files());
        files.put("pipelines/orders.yml", "name: other\n".getBytes(StandardCharsets.UTF_8));

        assertTrue(
                rejectionMessage(zip(files, release.name()))
                        .contains("its files do not match its name " + release.name()),
                "changed content under the old name");
    }

    @Test
    void rejectsAFileOutsideTheFolder() throws IOException {
        TreeMap<String, byte[]> files = new TreeMap<>();
        files.put("../outside.yml", new byte[] {1});

        assertTrue(rejectionMessage(zip(files, "shop-000000000000")).contains("../outside.yml"));
        assertTrue(Files.notExists(folder.resolve("outside.yml")));
    }

    private String rejectionMessage(byte[] file) throws IOException {
        Path unpacked = Files.createTempDirectory(folder, "unpacked");
        IngotException rejected = assertThrows(
                IngotException.class, () -> ReleaseReader.unpack(new ByteArrayInputStream(file), "shop.zip", unpacked));
        try (var files = Files.list(unpacked)) {
            assertEquals(0, files.count(), "no file of a rejected release remains");
        }
        return rejected.getMessage();
    }

    private static byte[] zip(TreeMap<String, byte[]> files, String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(Release.NAME_FILE));
            zip.write(name.getBytes(StandardCharsets.UTF_8));
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
