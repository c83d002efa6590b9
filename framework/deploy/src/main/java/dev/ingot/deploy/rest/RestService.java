package dev.ingot.deploy.rest;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Describes the service that receives requests.
 *
 * @param name the name in messages, such as "Synapse"
 * @param base the base URI, without a trailing slash
 * @param headers the headers of every request, in addition to the token
 * @param unauthenticated the remedy for HTTP 401
 * @param denied the remedy for HTTP 403
 * @param missing the remedy for HTTP 404
 */
public record RestService(
        String name, URI base, Map<String, String> headers, String unauthenticated, String denied, String missing) {

    public RestService {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(base, "base");
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        Objects.requireNonNull(unauthenticated, "unauthenticated");
        Objects.requireNonNull(denied, "denied");
        Objects.requireNonNull(missing, "missing");
    }
}
