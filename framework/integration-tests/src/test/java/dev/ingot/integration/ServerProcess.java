package dev.ingot.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs a server in a separate process, which prints to a file. Closing it kills it and its child processes (SIGKILL).
 */
public record ServerProcess(Process process, Path output) implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    public ServerProcess {
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(output, "output");
    }

    /** Starts a server; its output replaces the content of the file. */
    public static ServerProcess start(ProcessBuilder command, Path output) {
        try {
            Files.createDirectories(output.getParent());
            return new ServerProcess(
                    command.redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start(),
                    output);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot start " + command.command(), failed);
        }
    }

    /**
     * Waits until the server prints text that matches a pattern, and returns the first group; fails when the server
     * ends or the timeout is exceeded.
     */
    public String await(String pattern) throws InterruptedException {
        Pattern line = Pattern.compile(pattern);
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            Matcher found = line.matcher(printed());
            if (found.find()) {
                return found.group(1);
            }
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new AssertionError("The server did not print '" + pattern + "', but:\n" + printed());
    }

    public String printed() {
        try {
            return Files.readString(output);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
    }
}
