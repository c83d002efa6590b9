package dev.ingot.integration.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own. What it prints goes to a file. Closing it ends the process. */
record ServerProcess(Process process, Path output) implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    ServerProcess {
        requireNonNull(process, "process");
        requireNonNull(output, "output");
    }

    static ServerProcess start(Path output, List<String> command) throws IOException {
        return new ServerProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /**
     * Waits until the server has printed something, at most a minute.
     *
     * @return the pattern's first group
     * @throws IllegalStateException with all that it printed, when it ends before that or takes too long
     */
    String awaitPrinted(Pattern pattern) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            Optional<String> found = printed(pattern);
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(20);
        }
        close();
        throw new IllegalStateException(
                "The server did not start within " + LIMIT + ", and printed:\n" + Files.readString(output));
    }

    private Optional<String> printed(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(output));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
