package dev.ingot.deploy.synapse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ADLS Gen2 address in Hadoop's form: {@code abfss://container@account.dfs.core.windows.net/path}.
 *
 * @param host the storage account's host
 * @param path without slashes at its ends; empty for the container itself
 */
record AbfssUri(String container, String host, String path) {

    private static final Pattern PATTERN =
            Pattern.compile("abfss://([a-z0-9$-]+)@([a-z0-9]+(?:\\.[a-z0-9-]+)+)(?:/([^?#]*?))?/?");

    static boolean isAddress(String text) {
        return PATTERN.matcher(text).matches();
    }

    /** Parses an address that {@link #isAddress} accepts. */
    static AbfssUri of(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an abfss address: " + text);
        }
        return new AbfssUri(matcher.group(1), matcher.group(2), matcher.group(3) == null ? "" : matcher.group(3));
    }

    /** Returns the address in the form that serverless SQL uses. */
    String https() {
        return "https://" + host + "/" + container + (path.isEmpty() ? "" : "/" + path);
    }
}
