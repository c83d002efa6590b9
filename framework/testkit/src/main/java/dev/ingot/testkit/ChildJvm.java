package dev.ingot.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.AssertionFailedError;

/**
 * Another JVM with the class path and the options of this one, for what only several processes can show. What it prints
 * goes to a file. Closing it kills it, if it still runs, as SIGKILL does.
 */
public record ChildJvm(Process process, Path output) implements AutoCloseable {

    public ChildJvm {
        requireNonNull(process, "process");
        requireNonNull(output, "output");
    }

    /** Starts the {@code main} method of a class; its output replaces the file's content. */
    public static ChildJvm start(Path output, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // Too long for a command line on some systems.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return new ChildJvm(builder.start(), output);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot start " + main.getName(), failed);
        }
    }

    /** Waits, and fails with all that the child printed unless it ends well and in time. */
    public void requireSuccess(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionFailedError("The child runs longer than " + limit + ", and printed:\n" + printed());
        }
        if (process.exitValue() != 0) {
            throw new AssertionFailedError(
                    "The child ended with code " + process.exitValue() + ", and printed:\n" + printed());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String printed() {
        try {
            return Files.readString(output);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
