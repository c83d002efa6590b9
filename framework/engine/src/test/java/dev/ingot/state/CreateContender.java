package dev.ingot.state;

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

/** Competes with others to create the same files, in threads or as a JVM, and returns those that it created. */
final class CreateContender {

    static final int THREADS = 4;
    static final int FILES = 200;

    private CreateContender() {}

    /** Arguments: a local folder, a name for this JVM. Signals that it is ready and waits for the file {@code go}. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        String name = arguments[1];
        LakeFiles files = new LakeFiles(new Configuration());
        files.create(folder.resolveSibling("ready-" + name).toString(), "");
        while (Files.notExists(folder.resolveSibling("go"))) {
            Thread.sleep(1);
        }
        List<String> won = contend(files, folder.toString(), name);
        Files.write(folder.resolveSibling("won-" + name), won);
    }

    /** Competes in several threads; returns the content of the files that this JVM created. */
    static List<String> contend(LakeFiles files, String folder, String name) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<List<String>>> contenders = IntStream.range(0, THREADS)
                    .mapToObj(thread -> (Callable<List<String>>) () -> contendAlone(files, folder, name + "-" + thread))
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

    private static List<String> contendAlone(LakeFiles files, String folder, String name) {
        List<String> won = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            String text = file + " of " + name;
            if (files.create(folder + "/" + file, text)) {
                won.add(text);
            }
        }
        return won;
    }
}
