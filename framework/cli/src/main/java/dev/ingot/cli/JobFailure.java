package dev.ingot.cli;

/** Reports to the platform that a command failed; the message holds what the command printed about the failure. */
public final class JobFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JobFailure(int code, String output) {
        super("ingot ended with exit code " + code + "\n" + output, null, false, false);
    }
}
