package dev.ingot.deploy.synapse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address in ADLS Gen2 as Hadoop writes it: {@code abfss://container@account.dfs.core.windows.net/path}.
 *
 * @param host the storage account's host
 * @param path without slashes at its ends; empty for the container itself
 */
record AbfssUri(String container, String host, String path) {

    private static final Pattern WRITTEN =
            Pattern.compile("abfss://([a-z0-9$-]+)@([a-z0-9]+(?:\\.[a-z0-9-]+)+)(?:/([^?#]*?))?/?");

    static boolean isAddress(String text) {
        return WRITTEN.matcher(text).matches();
    }

    /** Reads an address for which {@link #isAddress} holds. */
    static AbfssUri of(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException("not an abfss address: " + text);
        }
        return new AbfssUri(written.group(1), written.group(2), written.group(3) == null ? "" : written.group(3));
    }

    /** The same as serverless SQL writes it. */
    String https() {
        return "https://" + host + "/" + container + (path.isEmpty() ? "" : "/" + path);
    }
}
