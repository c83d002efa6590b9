package dev.ingot.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.delta.storage.CloseableIterator;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLogStoreTest {

    private static final String COMMIT = "00000000000000000001.json";

    @TempDir
    private Path log;

    private final Configuration settings = new Configuration();
    private final LocalLogStore store = new LocalLogStore(settings);

    @Test
    void refusesTheSecondWriterOfAVersion() throws IOException {
        write("first");

        assertThrows(FileAlreadyExistsException.class, () -> write("second"));
        assertEquals(List.of("first"), read());
        assertEquals(List.of(COMMIT), files());
    }

    @Test
    void keepsAVersionCommittedDuringTheWrite() throws IOException {
        Iterator<String> late = duringWrite(() -> write("first"));

        assertThrows(FileAlreadyExistsException.class, () -> store.write(commit(), late, false, settings));
        assertEquals(List.of("first"), read());
        assertEquals(List.of(COMMIT), files());
    }

    @Test
    void writesAndReadsLinesAsUtf8() throws IOException {
        store.write(commit(), List.of("{\"add\":\"é\"}", "", "x").iterator(), false, settings);

        assertEquals(List.of("{\"add\":\"é\"}", "", "x"), read());
        assertEquals("{\"add\":\"é\"}\n\nx\n", Files.readString(log.resolve(COMMIT)));
    }

    @Test
    void overwriteReplacesTheFileAndHadoopsChecksum() throws IOException {
        writeWithHadoop("an earlier and longer text");
        assertEquals(List.of("." + COMMIT + ".crc", COMMIT), files());

        store.write(commit(), List.of("new").iterator(), true, settings);

        assertEquals(List.of("new"), read());
        assertEquals(List.of(COMMIT), files());
    }

    @Test
    void ignoresAChecksumWithoutItsFile() throws IOException {
        writeWithHadoop("deleted");
        Files.delete(log.resolve(COMMIT));

        write("new");

        assertEquals(List.of("new"), read());
    }

    @Test
    void deletesTheTemporaryFileAfterAFailure() {
        Iterator<String> broken = duringWrite(() -> {
            throw new IOException("disk failure");
        });

        assertThrows(UncheckedIOException.class, () -> store.write(commit(), broken, false, settings));
        assertEquals(List.of(), files());
    }

    @Test
    void doesNotListTheTemporaryFileOfADeadWriter() throws IOException {
        Files.writeString(log.resolve("." + COMMIT + ".0b5e.tmp"), "half a com");
        write("whole");

        Iterator<FileStatus> listed = store.listFrom(file("00000000000000000000.json"), settings);
        assertEquals(COMMIT, listed.next().getPath().getName());
        assertFalse(listed.hasNext());
    }

    @Test
    void acceptsALinkWhoseAnswerWasLost() throws IOException {
        Iterator<String> actions = duringWrite(() -> Files.createLink(log.resolve(COMMIT), temporaryFile()));

        store.write(commit(), actions, false, settings);

        assertEquals(List.of("late"), read());
        assertEquals(List.of(COMMIT), files());
    }

    /** A hard link to a folder fails like any hard link on FAT: "Operation not permitted". */
    @Test
    void reportsAFileSystemWithoutHardLinks() {
        Iterator<String> actions = duringWrite(() -> {
            Path temporaryFile = temporaryFile();
            Files.delete(temporaryFile);
            Files.createDirectory(temporaryFile);
        });

        IOException refused = assertThrows(IOException.class, () -> store.write(commit(), actions, false, settings));
        assertTrue(refused.getMessage().contains("the file system created no hard link"), refused.getMessage());
        assertEquals(List.of(), files());
    }

    @Test
    void requiresAnExistingLocalFolder() {
        assertThrows(
                FileNotFoundException.class,
                () -> store.write(file("missing/" + COMMIT), List.of("x").iterator(), false, settings));
        IOException refused = assertThrows(
                IOException.class,
                () -> store.write(
                        new org.apache.hadoop.fs.Path("viewfs:///table/_delta_log/" + COMMIT),
                        List.of("x").iterator(),
                        false,
                        settings));
        assertTrue(refused.getMessage().contains("viewfs"), refused.getMessage());
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Returns one line, "late", and runs a step while it is being written. */
    private static Iterator<String> duringWrite(Step step) {
        return Stream.of("late")
                .peek(line -> {
                    try {
                        step.run();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                })
                .iterator();
    }

    private Path temporaryFile() {
        return log.resolve(files().get(0));
    }

    private void write(String line) throws IOException {
        store.write(commit(), List.of(line).iterator(), false, settings);
    }

    /** Uses a new file system instance: the shared one may be configured to write no checksums. */
    private void writeWithHadoop(String text) throws IOException {
        try (FileSystem fileSystem = FileSystem.newInstance(commit().toUri(), settings);
                FSDataOutputStream out = fileSystem.create(commit())) {
            out.writeBytes(text);
        }
    }

    private List<String> read() throws IOException {
        List<String> lines = new ArrayList<>();
        try (CloseableIterator<String> content = store.read(commit(), settings)) {
            content.forEachRemaining(lines::add);
        }
        return lines;
    }

    private org.apache.hadoop.fs.Path commit() {
        return file(COMMIT);
    }

    private org.apache.hadoop.fs.Path file(String name) {
        return new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(log.toUri()), name);
    }

    private List<String> files() {
        return Stream.of(log.toFile().list()).sorted().toList();
    }
}
