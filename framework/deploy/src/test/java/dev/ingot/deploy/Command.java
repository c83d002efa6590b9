package dev.ingot.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * What became of a program of this machine.
 *
 * @param output what it printed, errors included
 */
public record Command(int code, String output) {

    /** Runs a program to its end, for at most a minute. */
    public static Command run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(words[0] + " did not end in a minute: " + output);
        }
        return new Command(process.exitValue(), output);
    }
}
