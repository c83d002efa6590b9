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
    void theSecondWriterOfAVersionIsRefused() throws IOException {
        write("first");

        assertThrows(FileAlreadyExistsException.class, () -> write("second"));
        assertEquals(List.of("first"), read());
        assertEquals(List.of(COMMIT), files());
    }

    @Test
    void aVersionThatAppearsWhileAnotherIsWrittenStays() throws IOException {
        Iterator<String> late = meanwhile(() -> write("first"));

        assertThrows(FileAlreadyExistsException.class, () -> store.write(commit(), late, false, settings));
        assertEquals(List.of("first"), read());
        assertEquals(List.of(COMMIT), files());
    }

    @Test
    void linesAreWrittenAsUtf8AndReadBack() throws IOException {
        store.write(commit(), List.of("{\"add\":\"é\"}", "", "x").iterator(), false, settings);

        assertEquals(List.of("{\"add\":\"é\"}", "", "x"), read());
        assertEquals("{\"add\":\"é\"}\n\nx\n", Files.readString(log.resolve(COMMIT)));
    }

    @Test
    void overwritingReplacesTheFileAndHadoopsChecksum() throws IOException {
        writeByHadoop("an earlier and longer text");
        assertEquals(List.of("." + COMMIT + ".crc", COMMIT), files());

        store.write(commit(), List.of("new").iterator(), true, settings);

        assertEquals(List.of("new"), read());
        assertEquals(List.of(COMMIT), files());
    }

    @Test
    void aChecksumWithoutItsFileDoesNotSpoilANewOne() throws IOException {
        writeByHadoop("gone");
        Files.delete(log.resolve(COMMIT));

        write("new");

        assertEquals(List.of("new"), read());
    }

    @Test
    void aFailureLeavesNothing() {
        Iterator<String> broken = meanwhile(() -> {
            throw new IOException("disk on fire");
        });

        assertThrows(UncheckedIOException.class, () -> store.write(commit(), broken, false, settings));
        assertEquals(List.of(), files());
    }

    @Test
    void whatADeadWriterLeftIsNotListed() throws IOException {
        Files.writeString(log.resolve("." + COMMIT + ".0b5e.tmp"), "half a com");
        write("whole");

        Iterator<FileStatus> listed = store.listFrom(file("00000000000000000000.json"), settings);
        assertEquals(COMMIT, listed.next().getPath().getName());
        assertFalse(listed.hasNext());
    }

    @Test
    void aLinkWhoseAnswerWasLostCountsAsMade() throws IOException {
        Iterator<String> actions = meanwhile(() -> Files.createLink(log.resolve(COMMIT), hidden()));

        store.write(commit(), actions, false, settings);

        assertEquals(List.of("late"), read());
        assertEquals(List.of(COMMIT), files());
    }

    /** Linking a folder fails just as linking anything does on FAT: "Operation not permitted". */
    @Test
    void aFileSystemWithoutHardLinksIsNamedAsTheCause() {
        Iterator<String> actions = meanwhile(() -> {
            Path hidden = hidden();
            Files.delete(hidden);
            Files.createDirectory(hidden);
        });

        IOException refused = assertThrows(IOException.class, () -> store.write(commit(), actions, false, settings));
        assertTrue(refused.getMessage().contains("the file system made no hard link"), refused.getMessage());
        assertEquals(List.of(), files());
    }

    @Test
    void theFolderMustBeThereAndLocal() {
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

    /** One line, "late", and something that happens while it is being written. */
    private static Iterator<String> meanwhile(Step step) {
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

    private Path hidden() {
        return log.resolve(files().get(0));
    }

    private void write(String line) throws IOException {
        store.write(commit(), List.of(line).iterator(), false, settings);
    }

    /** By a file system of its own: that which a process shares may have been told to write no checksums. */
    private void writeByHadoop(String text) throws IOException {
        try (FileSystem own = FileSystem.newInstance(commit().toUri(), settings);
                FSDataOutputStream out = own.create(commit())) {
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
