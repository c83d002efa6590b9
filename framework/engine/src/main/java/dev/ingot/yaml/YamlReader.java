package dev.ingot.yaml;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads a YAML file into one tree per document. Everything that a hostile or mistaken file could do is refused with a
 * diagnostic: tags, duplicate keys, deep nesting, multiplying aliases, huge files. Never throws on content.
 */
public final class YamlReader {

    /** The largest file that is read, in bytes. */
    static final int MAX_BYTES = 1 << 20;

    private YamlReader() {}

    /**
     * Reads the documents of a file; empty when it cannot be read at all.
     *
     * @param name the file as the user knows it, for places
     */
    public static List<YamlNode> read(Path file, String name, Diagnostics diagnostics) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                diagnostics.add(Diagnostic.error(
                        Code.YAML_TOO_BIG,
                        SourceSpan.of(name),
                        "Cannot read the file: it is larger than 1 MiB",
                        "Split it; a pipeline needs a few kilobytes."));
                return List.of();
            }
            return parse(decode(Files.readAllBytes(file)), name, diagnostics);
        } catch (CharacterCodingException notText) {
            diagnostics.add(Diagnostic.error(
                    Code.YAML_ENCODING,
                    SourceSpan.of(name),
                    "Cannot read the file: it is not UTF-8 text",
                    "Save it as UTF-8."));
        } catch (NoSuchFileException missing) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_FILE, SourceSpan.of(name), "Cannot read the file: it does not exist", ""));
        } catch (AccessDeniedException denied) {
            diagnostics.add(Diagnostic.error(
                    Code.ENV_DENIED,
                    SourceSpan.of(name),
                    "Cannot read the file: permission denied",
                    "Give this user the right to read it."));
        } catch (IOException failed) {
            diagnostics.add(Diagnostic.error(
                    Code.ENV_STORAGE, SourceSpan.of(name), "Cannot read the file: " + failed.getMessage(), ""));
        }
        return List.of();
    }

    /** Reads the documents of a text. */
    public static List<YamlNode> parse(String text, String name, Diagnostics diagnostics) {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MAX_BYTES);
        TreeBuilder builder = new TreeBuilder(name, diagnostics);
        try {
            return builder.build(new ParserImpl(new StreamReader(text), limits));
        } catch (TreeBuilder.Refused refused) {
            return List.of();
        } catch (MarkedYAMLException broken) {
            diagnostics.add(explain(broken, name));
        } catch (YAMLException broken) {
            diagnostics.add(Diagnostic.error(
                    Code.YAML_SYNTAX, SourceSpan.of(name), "Cannot read the YAML: " + firstLine(broken), ""));
        }
        return List.of();
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        boolean marked = bytes.length > 2
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF;
        int start = marked ? 3 : 0;
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
                .toString();
    }

    private static Diagnostic explain(MarkedYAMLException broken, String name) {
        Mark mark = broken.getProblemMark() == null ? broken.getContextMark() : broken.getProblemMark();
        SourceSpan span =
                mark == null ? SourceSpan.of(name) : new SourceSpan(name, mark.getLine() + 1, mark.getColumn() + 1);
        String problem = broken.getProblem() == null ? firstLine(broken) : broken.getProblem();
        return Diagnostic.error(Code.YAML_SYNTAX, span, "Cannot read the YAML: " + problem, remedy(problem));
    }

    private static String remedy(String problem) {
        if (problem.contains("'\\t(TAB)'") || problem.contains("\\t")) {
            return "Indent with spaces; YAML does not allow tabs.";
        }
        if (problem.contains("mapping values are not allowed here")) {
            return "Quote the value if it holds ': ', or check the indentation of this line.";
        }
        if (problem.contains("expected <block end>")) {
            return "Check the indentation: this line belongs to no level above it.";
        }
        if (problem.contains("expected ',' or")) {
            return "Close the bracket, or put the expression on a line of its own.";
        }
        if (problem.contains("while scanning a quoted scalar") || problem.contains("unexpected end of stream")) {
            return "Close the quote or bracket that was opened above.";
        }
        return "";
    }

    private static String firstLine(Exception failed) {
        return String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    }
}
