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
 * Runs another JVM with the class path and the options of this one, for tests that need several processes. Its output
 * is written to a file. {@link #close} kills it with SIGKILL if it is still running.
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
        // A child lives a minute or less: what its optimizing compiler would do costs more than it saves.
        command.add("-XX:TieredStopAtLevel=1");
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // The class path is too long for a command line on some systems.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return new ChildJvm(builder.start(), output);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot start " + main.getName(), failed);
        }
    }

    /** Waits for the child and fails with its output unless it exits with code 0 within the limit. */
    public void requireSuccess(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionFailedError("The child did not exit within " + limit + "; its output:\n" + readOutput());
        }
        if (process.exitValue() != 0) {
            throw new AssertionFailedError(
                    "The child exited with code " + process.exitValue() + "; its output:\n" + readOutput());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String readOutput() {
        try {
            return Files.readString(output);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
