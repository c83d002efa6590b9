package dev.ingot.secrets.hadoop;

import dev.ingot.config.SecretScope;
import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretProvider;
import dev.ingot.secrets.SecretRef;
import dev.ingot.secrets.provider.JsonFields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Resolves secret references to values, and caches each for five minutes to limit requests to its store. */
public final class SecretResolver {

    private static final Duration CACHE_TTL = Duration.ofMinutes(5);
    private static final SecretResolver THIS_PROCESS = new SecretResolver(System.getenv(), Clock.systemUTC());

    private record Store(String name, SecretScope scope) {}

    private record CacheKey(Store store, String key) {}

    private record Cached(Secret secret, Instant expiry) {}

    private final Map<String, String> environment;
    private final Clock clock;
    private final Map<Store, SecretProvider> providers = new HashMap<>();
    private final Map<CacheKey, Cached> cache = new HashMap<>();

    /**
     * Creates a resolver with an empty cache.
     *
     * @param environment the process's environment variables
     */
    public SecretResolver(Map<String, String> environment, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Returns the resolver of this JVM, with the process's environment variables. */
    static SecretResolver ofThisProcess() {
        return THIS_PROCESS;
    }

    /**
     * Returns the value of a secret.
     *
     * @param scope the configuration of the scope that the reference names
     * @throws SecretException when it does not exist, or its store does not return it
     */
    public synchronized Secret resolve(SecretRef ref, SecretScope scope) {
        Store store = new Store(ref.scope(), scope);
        CacheKey key = new CacheKey(store, ref.key());
        Cached cached = cache.get(key);
        if (cached == null || clock.instant().isAfter(cached.expiry())) {
            cached = new Cached(find(store, ref), clock.instant().plus(CACHE_TTL));
            cache.put(key, cached);
        }
        return JsonFields.field(cached.secret(), ref);
    }

    private Secret find(Store store, SecretRef ref) {
        SecretProvider provider = providers.computeIfAbsent(
                store, unknown -> SecretProviders.of(unknown.name(), unknown.scope(), environment));
        try {
            Optional<Secret> found = provider.find(ref);
            return found.orElseThrow(() -> new SecretException("the secret does not exist", provider.remedy(ref)));
        } catch (IllegalArgumentException unsendable) {
            // The text of the exception may contain a token, so it is dropped.
            throw new SecretException(
                    "a URL or token for its secret store contains characters that cannot be sent",
                    "Check the environment variables that set them.");
        }
    }
}
