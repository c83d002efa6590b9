package dev.ingot.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Objects;

/** A JSON Schema of Draft 2020-12 for a platform's files. */
public final class FileSchema {

    private final JsonSchema schema;

    private FileSchema(JsonSchema schema) {
        this.schema = schema;
    }

    /** The schema in a resource beside a class. */
    public static FileSchema beside(Class<?> owner, String resource) {
        return of(TextFiles.readResource(owner, resource));
    }

    /** The schema that a text is. */
    public static FileSchema of(String text) {
        Objects.requireNonNull(text, "text");
        return new FileSchema(JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(TextFiles.readJson(text)));
    }

    /** What is wrong with a file's tree, each as "place: reason"; empty when nothing. */
    public List<String> mistakes(JsonNode tree) {
        return schema.validate(tree).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .distinct()
                .toList();
    }
}
