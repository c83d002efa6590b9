package dev.ingot.deploy.rest;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Who is asked.
 *
 * @param name as messages name it, such as "Synapse"
 * @param base the address below which everything lies, without a slash at its end
 * @param headers what it needs with every request, besides the token
 * @param unknown what to do when it does not know who asks
 * @param denied what to do when it does not allow what is asked
 * @param missing what to do when what is asked for is not there
 */
public record RestService(
        String name, URI base, Map<String, String> headers, String unknown, String denied, String missing) {

    public RestService {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(base, "base");
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        Objects.requireNonNull(unknown, "unknown");
        Objects.requireNonNull(denied, "denied");
        Objects.requireNonNull(missing, "missing");
    }
}
