package dev.ingot.yaml;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads a YAML file into one tree per document. Rejects with a diagnostic what a malicious or mistaken file can
 * contain: tags, duplicate keys, deep nesting, exponentially expanding aliases, huge files. Never throws on content.
 */
public final class YamlReader {

    /** The largest file that is read, in bytes. */
    static final int MAX_BYTES = 1 << 20;

    /** The line breaks that the parser counts. */
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|[\n\r\u0085\u2028\u2029]");

    private YamlReader() {}

    /**
     * Reads the documents of a file; returns an empty list, after reporting the error, when it cannot be read at all.
     *
     * @param name the file name to report
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
            return decode(Files.readAllBytes(file), name, diagnostics)
                    .map(text -> parse(text, name, diagnostics))
                    .orElse(List.of());
        } catch (NoSuchFileException missing) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_FILE, SourceSpan.of(name), "Cannot read the file: it does not exist", ""));
        } catch (AccessDeniedException denied) {
            diagnostics.add(Diagnostic.error(
                    Code.ENV_DENIED,
                    SourceSpan.of(name),
                    "Cannot read the file: permission denied",
                    "Grant this user permission to read it."));
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
        StreamReader characters = new StreamReader(text);
        try {
            return new TreeBuilder(name, diagnostics).build(new ParserImpl(characters, limits));
        } catch (TreeBuilder.Aborted aborted) {
            return List.of();
        } catch (MarkedYAMLException broken) {
            Diagnostic mistake = SyntaxErrorText.of(broken, name);
            if (!followsFromSplitValue(mistake, diagnostics)) {
                diagnostics.add(mistake);
            }
        } catch (ReaderException unprintable) {
            diagnostics.add(Diagnostic.error(
                    Code.YAML_SYNTAX,
                    end(text.substring(0, Math.max(0, text.indexOf(unprintable.getCodePoint()))), name),
                    String.format("Cannot read the YAML: it contains the character U+%04X", unprintable.getCodePoint()),
                    "Remove it; it may be invisible in an editor."));
        } catch (YAMLException confused) {
            Mark reached = characters.getMark();
            diagnostics.add(Diagnostic.error(
                    Code.YAML_SYNTAX,
                    new SourceSpan(name, reached.getLine() + 1, reached.getColumn() + 1),
                    "Cannot read the YAML: brackets or indentation are wrong here",
                    "Check this line and those above it."));
        }
        return List.of();
    }

    /** Returns whether an error only follows from a split value on the same line. */
    private static boolean followsFromSplitValue(Diagnostic mistake, Diagnostics diagnostics) {
        return diagnostics.all().stream()
                .filter(found -> found.code() == Code.YAML_SPLIT_VALUE)
                .map(Diagnostic::span)
                .anyMatch(split -> split.file().equals(mistake.span().file())
                        && split.line() == mistake.span().line());
    }

    /** Decodes a file; returns empty, after reporting it, when it is not UTF-8. */
    private static Optional<String> decode(byte[] bytes, String name, Diagnostics diagnostics) {
        boolean hasByteOrderMark =
                bytes.length > 2 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        int start = hasByteOrderMark ? 3 : 0;
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        if (!StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
            return Optional.of(out.flip().toString());
        }
        diagnostics.add(Diagnostic.error(
                Code.YAML_ENCODING,
                end(out.flip().toString(), name),
                "Cannot read the file: it is not UTF-8 text",
                "Save it as UTF-8."));
        return Optional.empty();
    }

    /** Returns the place just after the text at the start of a file. */
    private static SourceSpan end(String text, String name) {
        String[] lines = LINE_BREAK.split(text, -1);
        String last = lines[lines.length - 1];
        return new SourceSpan(name, lines.length, last.codePointCount(0, last.length()) + 1);
    }
}
