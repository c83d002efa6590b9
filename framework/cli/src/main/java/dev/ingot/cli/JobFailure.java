package dev.ingot.cli;

/** A command that did not succeed, for the platform that started it; its message is what was told of the failure. */
public final class JobFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JobFailure(int code, String told) {
        super("ingot ended with exit code " + code + "\n" + told, null, false, false);
    }
}
