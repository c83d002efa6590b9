package dev.ingot.names;

import java.util.regex.Pattern;

/** Recognizes addresses on a storage, as Hadoop writes them: {@code scheme:/path} or {@code scheme://host/path}. */
public final class Address {

    private static final String SCHEME = "[a-zA-Z][a-zA-Z0-9+.-]*";
    private static final Pattern WITH_SCHEME = Pattern.compile(SCHEME + ":/.*", Pattern.DOTALL);
    private static final Pattern EMPTY_HOST = Pattern.compile("^(" + SCHEME + "):///");

    private Address() {}

    /** Returns whether a text is an address with a scheme, and not a path. */
    public static boolean hasScheme(String text) {
        return WITH_SCHEME.matcher(text).matches();
    }

    /** Returns whether a text says where something is without a folder that it is relative to. */
    public static boolean isAbsolute(String text) {
        return text.startsWith("/") || hasScheme(text);
    }

    /** Returns an address without an empty host, {@code file:/lake} for {@code file:///lake}. */
    public static String withoutEmptyHost(String address) {
        return EMPTY_HOST.matcher(address).replaceFirst("$1:/");
    }
}
