package dev.ingot.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.testkit.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files on a local disk, on storage with atomic renames as HDFS and Azure, and on storage with uploads as S3. */
@Timeout(120)
class LakeFilesTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path disk;

    private final LakeFiles files = new LakeFiles(MemoryFileSystem.settings());

    private String folder(String scheme) {
        return scheme.equals("file") ? disk.resolve("folder").toString() : MemoryFileSystem.address(scheme);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "memory", "s3a"})
    void writesReplacesListsAndDeletesAFile(String scheme) {
        String folder = folder(scheme);
        assertEquals(Optional.empty(), files.read(folder + "/a.json"));
        assertEquals(List.of(), files.list(folder));

        files.write(folder + "/a.json", "one");
        files.write(folder + "/a.json", "two");
        assertEquals(Optional.of("two"), files.read(folder + "/a.json"));
        assertFalse(files.create(folder + "/a.json", "three"));
        assertTrue(files.create(folder + "/b.json", "b"));
        assertEquals(List.of("a.json", "b.json"), files.list(folder));

        files.delete(folder + "/a.json");
        files.delete(folder + "/a.json");
        assertEquals(Optional.empty(), files.read(folder + "/a.json"));
        assertTrue(files.create(folder + "/a.json", "four"));
        assertEquals(Optional.of("four"), files.read(folder + "/a.json"));
        assertEquals(2, files.count(folder), "temporary files remain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "memory", "s3a"})
    void oneOfConcurrentThreadsCreatesAFile(String scheme) throws Exception {
        String folder = folder(scheme);
        requireOneCreatorEach(folder, CreateContender.contend(files, folder, "here"));
    }

    @Test
    void oneOfConcurrentProcessesCreatesAFile() throws Exception {
        Path folder = disk.resolve("folder");
        List<String> names = List.of("one", "two", "three");
        List<ChildJvm> children = new ArrayList<>();
        try {
            for (String name : names) {
                children.add(
                        ChildJvm.start(disk.resolve(name + ".out"), CreateContender.class, folder.toString(), name));
            }
            while (!names.stream().allMatch(name -> Files.exists(disk.resolve("ready-" + name)))) {
                Thread.sleep(1);
            }
            Files.createFile(disk.resolve("go"));
            for (ChildJvm child : children) {
                child.requireSuccess(LIMIT);
            }
        } finally {
            children.forEach(ChildJvm::close);
        }
        List<String> won = new ArrayList<>();
        for (String name : names) {
            won.addAll(Files.readAllLines(disk.resolve("won-" + name)));
        }
        requireOneCreatorEach(folder.toString(), won);
    }

    private void requireOneCreatorEach(String folder, List<String> won) {
        List<String> found = files.list(folder).stream()
                .map(name -> files.read(folder + "/" + name).orElseThrow())
                .sorted()
                .toList();

        assertEquals(CreateContender.FILES, found.size());
        assertEquals(found, won.stream().sorted().toList(), "content of the files, and what the creators report");
        assertEquals(CreateContender.FILES, files.count(folder), "temporary files remain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "memory", "s3a"})
    void readersOfAReplacedFileSeeOldOrNewContent(String scheme) throws Exception {
        String address = folder(scheme) + "/a.json";
        files.write(address, "0".repeat(1000));
        AtomicBoolean stopped = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> reading = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                reading.add(readers.submit(() -> {
                    while (!stopped.get()) {
                        String text = files.read(address).orElseThrow();
                        assertEquals(text.substring(0, 1).repeat(1000), text);
                        assertFalse(files.create(address, "another"));
                    }
                }));
            }
            for (int i = 0; i < 200; i++) {
                files.write(address, String.valueOf(i % 10).repeat(1000));
            }
            stopped.set(true);
            for (Future<?> reader : reading) {
                reader.get();
            }
        } finally {
            stopped.set(true);
            readers.shutdownNow();
        }
        assertEquals(Optional.of("9".repeat(1000)), files.read(address));
    }
}
