package dev.ingot.deploy;

import dev.ingot.config.SecretScope;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Which keepers of secrets a job can ask, by where it runs. */
public final class SecretProviderSupport {

    /** On machines of one's own: what the clouds' own platforms give to their jobs is not there. */
    public static final Set<SecretScope.Provider> ON_OWN_MACHINES =
            without(SecretScope.Provider.DATABRICKS, SecretScope.Provider.SYNAPSE);

    /** Clusters of Databricks do not have the variables of the machine that started the job. */
    public static final Set<SecretScope.Provider> ON_DATABRICKS =
            without(SecretScope.Provider.ENV, SecretScope.Provider.SYNAPSE);

    /** Neither have pools of Synapse. */
    public static final Set<SecretScope.Provider> ON_SYNAPSE =
            without(SecretScope.Provider.ENV, SecretScope.Provider.DATABRICKS);

    private SecretProviderSupport() {}

    private static Set<SecretScope.Provider> without(SecretScope.Provider one, SecretScope.Provider other) {
        return Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(one, other)));
    }
}
