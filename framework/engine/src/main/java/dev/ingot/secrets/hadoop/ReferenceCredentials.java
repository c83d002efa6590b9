package dev.ingot.secrets.hadoop;

import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretRef;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.security.alias.CredentialProvider;

/**
 * Supplies passwords to Hadoop's file systems ({@code Configuration.getPassword}): resolves those for which the
 * settings hold a secret reference, and no others. Read-only.
 */
final class ReferenceCredentials extends CredentialProvider {

    private final SecretReferences references;
    private final SecretResolver resolver;

    ReferenceCredentials(SecretReferences references, SecretResolver resolver) {
        this.references = Objects.requireNonNull(references, "references");
        this.resolver = Objects.requireNonNull(resolver, "resolver");
    }

    @Override
    public CredentialEntry getCredentialEntry(String alias) throws IOException {
        try {
            Optional<SecretRef> ref = references.of(alias);
            if (ref.isEmpty()) {
                return null;
            }
            Secret secret =
                    resolver.resolve(ref.get(), references.scope(ref.get().scope()));
            return new CredentialEntry(alias, secret.reveal().toCharArray()) {
                @Override
                public String toString() {
                    return alias + ": " + secret;
                }
            };
        } catch (SecretException failed) {
            throw new IOException("Cannot resolve the secret for '" + alias + "': " + failed.getMessage());
        }
    }

    @Override
    public List<String> getAliases() {
        return List.copyOf(references.names());
    }

    @Override
    public boolean isTransient() {
        return true;
    }

    @Override
    public void flush() {
        // Read-only: there is nothing to write.
    }

    @Override
    public CredentialEntry createCredentialEntry(String name, char[] credential) throws IOException {
        throw readOnly();
    }

    @Override
    public void deleteCredentialEntry(String name) throws IOException {
        throw readOnly();
    }

    private static IOException readOnly() {
        return new IOException("Cannot change secrets: this credential provider is read-only");
    }
}
