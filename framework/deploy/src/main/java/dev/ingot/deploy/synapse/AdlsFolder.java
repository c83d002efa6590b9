package dev.ingot.deploy.synapse;

import dev.ingot.deploy.rest.RestClient;
import dev.ingot.deploy.rest.RestService;
import dev.ingot.deploy.rest.RetryPolicy;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.IngotException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads and writes a folder in ADLS Gen2. A file is written under a temporary name and renamed when it is complete, so
 * that nobody reads a partial file. Source: Microsoft, "Azure Data Lake Storage Gen2 REST API", Path.
 */
final class AdlsFolder {

    private static final byte[] EMPTY = {};
    private static final int CHUNK = 8 * 1024 * 1024;

    private final AbfssUri folder;
    private final RestClient rest;
    private final int attempts;

    /**
     * Creates a client of a folder.
     *
     * @param address returns the base URI of a host
     */
    AdlsFolder(AbfssUri folder, Function<String, URI> address, Supplier<String> token, RetryPolicy pace) {
        this.folder = folder;
        this.attempts = pace.attempts();
        this.rest = new RestClient(
                new RestService(
                        "the storage account",
                        address.apply(folder.host()),
                        Map.of("x-ms-version", "2021-12-02"),
                        "Check that AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET are those of its tenant.",
                        "Grant this identity the role 'Storage Blob Data Contributor' on the container '"
                                + folder.container() + "'.",
                        "Check 'artifacts' under 'deploy: {synapse: ...}'."),
                token,
                pace);
    }

    /** Returns the MD5 digest of a file's content, in Base64; no value without a file, "" without a stored digest. */
    Optional<String> digest(String name) {
        return rest.head(path(name), "check " + name)
                .map(headers -> headers.firstValue("Content-MD5").orElse(""));
    }

    /** Writes or replaces a file. An interrupted attempt leaves only a file with a temporary name. */
    void write(String name, byte[] content, String digest) {
        String temporary = "." + name + "." + UUID.randomUUID();
        for (int attempt = 1; ; attempt++) {
            try {
                writeComplete(temporary, content, digest, "upload " + name);
                break;
            } catch (IngotException failed) {
                // Creating the file again discards what the last attempt wrote.
                if (attempt >= attempts || !isUnknown(failed)) {
                    throw failed;
                }
                rest.pause(attempt, "upload " + name);
            }
        }
        rename(temporary, name, digest);
    }

    private void writeComplete(String name, byte[] content, String digest, String what) {
        rest.send("PUT", path(name) + "?resource=file", EMPTY, Map.of(), what);
        for (int at = 0; at < content.length; at += CHUNK) {
            byte[] chunk = Arrays.copyOfRange(content, at, Math.min(at + CHUNK, content.length));
            rest.send("PATCH", path(name) + "?action=append&position=" + at, chunk, Map.of(), what);
        }
        rest.send(
                "PATCH",
                path(name) + "?action=flush&close=true&position=" + content.length,
                EMPTY,
                Map.of("x-ms-content-md5", digest),
                what);
    }

    /** Renames a file. If the response is lost, the digest of the target shows whether the rename succeeded. */
    private void rename(String from, String to, String digest) {
        try {
            rest.send("PUT", path(to), EMPTY, Map.of("x-ms-rename-source", path(from)), "upload " + to);
        } catch (IngotException failed) {
            if (!isUnknown(failed) || !digest(to).equals(Optional.of(digest))) {
                throw failed;
            }
        }
    }

    private static boolean isUnknown(IngotException failed) {
        return failed.diagnostics().stream().anyMatch(found -> found.code() == Code.DEPLOY_UNREACHABLE);
    }

    private String path(String name) {
        return Stream.concat(Stream.of(folder.container()), Stream.of((folder.path() + "/" + name).split("/")))
                .filter(part -> !part.isEmpty())
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/", "/", ""));
    }
}
