package dev.ingot.diagnostics;

/** Who can mend what a code speaks of; the exit status of the command line follows from it. */
public enum Owner {
    /** The author of the files or arguments. */
    USER(2),
    /** Whoever delivers the data. */
    DATA(1),
    /** Whoever runs the machine, the storage or the platform. */
    ENVIRONMENT(3),
    /** The makers of Ingot. */
    INTERNAL(70);

    private final int exitCode;

    Owner(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The process exit status when this owner's fault ends a command. */
    public int exitCode() {
        return exitCode;
    }
}
