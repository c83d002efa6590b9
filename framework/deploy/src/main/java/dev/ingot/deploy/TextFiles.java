package dev.ingot.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads and writes JSON and YAML trees deterministically: keys in insertion order, the same line ends on every system.
 */
public final class TextFiles {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectWriter WRITER = writer();
    private static final Pattern WHITESPACE = Pattern.compile("[\\s\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}]+");

    private TextFiles() {}

    /** Serializes a tree of maps, lists, texts, numbers and booleans as JSON. */
    public static String json(Map<String, ?> tree) {
        try {
            return WRITER.writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("not a JSON tree: " + tree, impossible);
        }
    }

    /** Serializes a tree as YAML. Texts that YAML 1.1 would read as another type are quoted. */
    public static String yaml(Map<String, ?> tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setWidth(120);
        options.setSplitLines(false);
        options.setLineBreak(DumperOptions.LineBreak.UNIX);
        return new Yaml(options).dump(tree);
    }

    /**
     * Formats lines as comments, each after {@code #}. Line breaks inside a line are replaced, or the rest would be
     * code.
     */
    public static String comment(List<String> lines) {
        return lines.stream()
                .map(line -> "# " + WHITESPACE.matcher(line).replaceAll(" ") + "\n")
                .collect(Collectors.joining());
    }

    /** Parses JSON. */
    public static JsonNode readJson(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException damaged) {
            throw new IllegalArgumentException("not JSON: " + damaged.getOriginalMessage(), damaged);
        }
    }

    /** Parses YAML, for validation. */
    public static JsonNode readYaml(String text) {
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return MAPPER.valueToTree(tree);
    }

    /** Reads the text of a resource in the package of a class. */
    public static String readResource(Class<?> owner, String name) {
        try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read " + name, broken);
        }
    }

    private static ObjectWriter writer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        return MAPPER.writer(printer);
    }
}
