package dev.ingot.cli.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Validates YAML against a schema as an editor would: with YAML and the schema, without code of Ingot. */
public record SchemaCheck(JsonSchema schema) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static SchemaCheck of(String schema) {
        return of(json(schema));
    }

    static SchemaCheck of(JsonNode schema) {
        return new SchemaCheck(
                JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException broken) {
            throw new AssertionError(text, broken);
        }
    }

    /** Returns the mistakes in the documents of a file, as "place: reason"; empty documents are skipped. */
    List<String> mistakes(String yaml) {
        List<String> mistakes = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml)) {
            if (document != null) {
                mistakes.addAll(mistakes(JSON.valueToTree(document)));
            }
        }
        return mistakes;
    }

    List<String> mistakes(JsonNode value) {
        return schema.validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
