package dev.ingot.secrets.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretRef;

/** Extracts the field that a reference names from a secret that is a JSON document. */
public final class JsonFields {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonFields() {}

    /**
     * Returns the field at the reference's path, or the secret itself when the reference has no path.
     *
     * @throws SecretException when the secret is not JSON, or has no such text, number or boolean field
     */
    public static Secret field(Secret secret, SecretRef ref) {
        if (ref.path().isEmpty()) {
            return secret;
        }
        JsonNode node = read(secret, ref);
        for (String name : ref.path().split("\\.", -1)) {
            node = node.path(name);
        }
        if (!node.isValueNode() || node.isNull()) {
            throw new SecretException(
                    "the secret '" + ref.key() + "' has no text, number or boolean field '" + ref.path() + "'",
                    "Check the names of its fields; '#outer.inner' selects a field of a nested object.");
        }
        return new Secret(node.asText());
    }

    private static JsonNode read(Secret secret, SecretRef ref) {
        try {
            return JSON.readTree(secret.reveal());
        } catch (JsonProcessingException invalid) {
            throw new SecretException(
                    "the secret '" + ref.key() + "' is not a JSON document",
                    "Remove '#" + ref.path() + "' to use the whole value.");
        }
    }
}
