package dev.ingot.cli.reference;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Prints JSON as it is committed: two spaces, LF line breaks everywhere, the same with every version of Jackson. */
final class JsonText extends DefaultPrettyPrinter {

    private static final long serialVersionUID = 1L;

    private JsonText() {
        indentObjectsWith(new DefaultIndenter("  ", "\n"));
    }

    /** Returns the text of a node; it ends with a line break. */
    static String of(JsonNode node) {
        try {
            return new ObjectMapper().writer(new JsonText()).writeValueAsString(node) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot print " + node, impossible);
        }
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
        return new JsonText();
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
        out.writeRaw(": ");
    }
}
