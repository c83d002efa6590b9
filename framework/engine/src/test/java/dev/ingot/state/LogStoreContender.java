package dev.ingot.state;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * Competes with others to write the versions of a log, in threads or as a JVM, and returns those that it won: at least
 * the first hundred, and then until the file {@code stop} exists next to the log.
 */
final class LogStoreContender {

    static final int THREADS = 3;
    static final int LINES = 200;

    private static final int VERSIONS = 100;

    private LogStoreContender() {}

    /** Arguments: the log's folder, a name for this JVM. Signals that it is ready and waits for the file {@code go}. */
    public static void main(String[] arguments) throws Exception {
        Path log = Path.of(arguments[0]);
        String name = arguments[1];
        warmUp(log.resolveSibling("warm-up-" + name));
        Files.createFile(log.resolveSibling("ready-" + name));
        while (Files.notExists(log.resolveSibling("go"))) {
            Thread.sleep(1);
        }
        Files.writeString(log.resolveSibling("won-" + name), String.join("\n", contend(log, name)));
    }

    /** Loads Hadoop, which takes longer than a whole race: the first JVM to do so would win alone. */
    private static void warmUp(Path folder) throws IOException {
        Files.createDirectory(folder);
        write(new Configuration(), folder, 0, List.of("warm"));
    }

    /** Competes in several threads, each with its own log store; returns the first line of each version won. */
    static List<String> contend(Path log, String name) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<List<String>>> contenders = IntStream.range(0, THREADS)
                    .mapToObj(thread -> (Callable<List<String>>) () -> contendAlone(log, name + "-" + thread))
                    .toList();
            List<String> won = new ArrayList<>();
            for (Future<List<String>> contender : threads.invokeAll(contenders)) {
                won.addAll(contender.get());
            }
            return won;
        } finally {
            threads.shutdownNow();
        }
    }

    static List<String> content(String name, int version) {
        return IntStream.range(0, LINES)
                .mapToObj(line -> version + " " + name + " " + line)
                .toList();
    }

    static String name(int version) {
        return "%020d.json".formatted(version);
    }

    private static List<String> contendAlone(Path log, String name) throws IOException {
        Configuration settings = new Configuration();
        List<String> won = new ArrayList<>();
        Path stop = log.resolveSibling("stop");
        for (int version = 0; version < VERSIONS || Files.notExists(stop); version++) {
            List<String> content = content(name, version);
            try {
                write(settings, log, version, content);
                won.add(content.get(0));
            } catch (FileAlreadyExistsException lost) {
                continue;
            }
        }
        return won;
    }

    private static void write(Configuration settings, Path log, int version, List<String> content) throws IOException {
        org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(log.toUri());
        new LocalLogStore(settings)
                .write(new org.apache.hadoop.fs.Path(folder, name(version)), content.iterator(), false, settings);
    }
}
