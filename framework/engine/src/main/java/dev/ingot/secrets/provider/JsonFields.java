package dev.ingot.secrets.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingot.secrets.Secret;
import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretRef;

/** Takes the field that a reference names out of a secret that is a JSON document. */
public final class JsonFields {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonFields() {}

    /**
     * The field of the reference's path, or the secret itself without one.
     *
     * @throws SecretException when the secret is no JSON, or has no such field that is a text, a number or a boolean
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
                    "the secret '" + ref.key() + "' has no field '" + ref.path() + "' that is a text",
                    "Look at the names of its fields; '#outer.inner' leads into an object.");
        }
        return new Secret(node.asText());
    }

    private static JsonNode read(Secret secret, SecretRef ref) {
        try {
            return JSON.readTree(secret.reveal());
        } catch (JsonProcessingException unfit) {
            throw new SecretException(
                    "the secret '" + ref.key() + "' is no JSON document",
                    "Leave out '#" + ref.path() + "' to use all of it.");
        }
    }
}
