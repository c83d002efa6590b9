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

/** Turns names of secrets into values, and keeps each for five minutes so that its keeper is not asked all the time. */
public final class SecretResolver {

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final SecretResolver OF_THIS_PROCESS = new SecretResolver(System.getenv(), Clock.systemUTC());

    private record Place(String name, SecretScope scope) {}

    private record Name(Place place, String key) {}

    private record Kept(Secret secret, Instant end) {}

    private final Map<String, String> environment;
    private final Clock clock;
    private final Map<Place, SecretProvider> providers = new HashMap<>();
    private final Map<Name, Kept> kept = new HashMap<>();

    /**
     * A resolver that remembers nothing yet.
     *
     * @param environment the process's environment variables
     */
    public SecretResolver(Map<String, String> environment, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** The one of this JVM, with its own environment variables. */
    static SecretResolver ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /**
     * The value of a secret.
     *
     * @param scope what is said of the scope that the reference names
     * @throws SecretException when there is none, or its keeper does not give it
     */
    public synchronized Secret resolve(SecretRef ref, SecretScope scope) {
        Place place = new Place(ref.scope(), scope);
        Name name = new Name(place, ref.key());
        Kept last = kept.get(name);
        if (last == null || clock.instant().isAfter(last.end())) {
            last = new Kept(ask(place, ref), clock.instant().plus(KEPT));
            kept.put(name, last);
        }
        return JsonFields.field(last.secret(), ref);
    }

    private Secret ask(Place place, SecretRef ref) {
        SecretProvider provider = providers.computeIfAbsent(
                place, unknown -> SecretProviders.of(unknown.name(), unknown.scope(), environment));
        try {
            Optional<Secret> found = provider.find(ref);
            return found.orElseThrow(() -> new SecretException("there is no such secret", provider.remedy(ref)));
        } catch (IllegalArgumentException unfit) {
            // What stands in the exception may be a token.
            throw new SecretException(
                    "an address or a token of its keeper has characters that cannot be sent",
                    "Look at the environment variables that say them.");
        }
    }
}
