package dev.ingot.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Objects;

/** Validates a platform's files against a JSON Schema (draft 2020-12). */
public final class FileSchema {

    private final JsonSchema schema;

    private FileSchema(JsonSchema schema) {
        this.schema = schema;
    }

    /** Loads the schema from a resource in the package of a class. */
    public static FileSchema beside(Class<?> owner, String resource) {
        return of(TextFiles.readResource(owner, resource));
    }

    /** Parses a schema. */
    public static FileSchema of(String text) {
        Objects.requireNonNull(text, "text");
        return new FileSchema(JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(TextFiles.readJson(text)));
    }

    /** Returns the schema violations of a file's tree, each as "place: reason"; empty when there are none. */
    public List<String> mistakes(JsonNode tree) {
        return schema.validate(tree).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .distinct()
                .toList();
    }
}
