package dev.ingot.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The result of a local program.
 *
 * @param output its standard output and error output
 */
public record Command(int code, String output) {

    /** Runs a program and waits for its end, at most a minute. */
    public static Command run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " did not end in a minute: " + output);
        }
        return new Command(process.exitValue(), output);
    }
}
