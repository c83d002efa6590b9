package dev.ingot.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The baseline of a program that checks a folder: starts a JVM and reads every file. */
public final class ReadBytes {

    private ReadBytes() {}

    /** Reads every file below a folder; the argument is the folder. */
    public static void main(String[] arguments) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of(arguments[0]))) {
            files = all.filter(Files::isRegularFile).toList();
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.readAllBytes(file).length;
        }
        System.out.println(bytes + " bytes in " + files.size() + " files");
    }
}
