package dev.ingot.diagnostics;

/** Who can fix a finding; determines the exit status of the command line. */
public enum Owner {
    /** The author of the files or arguments. */
    USER(2),
    /** The provider of the data. */
    DATA(1),
    /** The operator of the machine, the storage or the platform. */
    ENVIRONMENT(3),
    /** The developers of Ingot. */
    INTERNAL(70);

    private final int exitCode;

    Owner(int exitCode) {
        this.exitCode = exitCode;
    }

    /** Returns the process exit status when an error of this owner ends a command. */
    public int exitCode() {
        return exitCode;
    }
}
