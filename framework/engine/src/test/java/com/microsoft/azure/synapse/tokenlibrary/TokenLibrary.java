package com.microsoft.azure.synapse.tokenlibrary;

/** What Synapse has for its jobs, as far as secrets are concerned; a secret is what it was asked for. */
public final class TokenLibrary {

    private TokenLibrary() {}

    public static String getSecret(String vault, String name) {
        return "user " + vault + " " + name;
    }

    public static String getSecret(String vault, String name, String linkedService) {
        if (name.equals("missing")) {
            throw new IllegalStateException("404");
        }
        return "workspace " + vault + " " + name + " " + linkedService;
    }

    public static String getSecretWithLS(String linkedService, String name) {
        return "workspace " + name + " " + linkedService;
    }
}
