package dev.ingot.deploy;

import dev.ingot.config.SecretScope;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Lists the secret providers that a job can reach, by the kind of platform that runs it. */
public final class SecretProviderSupport {

    /** On self-hosted machines, which have no access to the providers that belong to the cloud platforms. */
    public static final Set<SecretScope.Provider> SELF_HOSTED =
            without(SecretScope.Provider.DATABRICKS, SecretScope.Provider.SYNAPSE);

    /** On Databricks, whose clusters do not have the environment variables of the submitting machine. */
    public static final Set<SecretScope.Provider> ON_DATABRICKS =
            without(SecretScope.Provider.ENV, SecretScope.Provider.SYNAPSE);

    /** On Synapse, whose pools do not have them either. */
    public static final Set<SecretScope.Provider> ON_SYNAPSE =
            without(SecretScope.Provider.ENV, SecretScope.Provider.DATABRICKS);

    private SecretProviderSupport() {}

    private static Set<SecretScope.Provider> without(SecretScope.Provider one, SecretScope.Provider other) {
        return Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(one, other)));
    }
}
