package dev.ingot.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NO",
                "yes",
                "on",
                "True",
                "012",
                "0o14",
                "0x1F",
                "1:30",
                "1.10",
                "1_000",
                "1e3",
                "12e03",
                ".inf",
                "2024-01-31",
                "2024-01-31 10:00:00",
                "=",
                "a:b",
                "delay > 0",
                "1%"
            })
    void keepsScalarsAsWrittenText(String text) {
        assertEquals(text, scalar("key: " + text).text());
        assertEquals(text, scalar("key: '" + text + "'").text());
        assertEquals(text, scalar("{key: \"" + text + "\"}").text());
    }

    @Test
    void readsOnlyPlainNullAsNull() {
        for (String empty : List.of("", "~", "null")) {
            assertTrue(scalar("key: " + empty).isNull(), empty);
            assertFalse(scalar("key: '" + empty + "'").isNull(), empty);
        }
        assertFalse(scalar("key: Null").isNull());
        assertFalse(scalar("key: NULL").isNull());
        assertFalse(scalar("key: |\n  null").isNull());
    }

    @Test
    void readsLiteralAndFoldedBlocks() {
        assertEquals(
                "SELECT *\n  FROM input\n",
                scalar("key: |\n  SELECT *\n    FROM input\n").text());
        assertEquals(
                "SELECT * FROM input",
                scalar("key: >-\n  SELECT *\n  FROM input\n").text());
        assertEquals(
                "SELECT * FROM input", scalar("key: SELECT *\n  FROM input\n").text());
    }

    @Test
    void recordsThePlaceOfEveryNode() {
        YamlNode.Mapping root = (YamlNode.Mapping) read("""
                # a comment
                name: flights
                quality:
                  - not_null: [id, 'origin']
                    when: >
                      a > 0
                """);
        YamlNode.Entry quality = root.entries().get("quality");
        YamlNode.Mapping item =
                (YamlNode.Mapping) ((YamlNode.Sequence) quality.value()).items().get(0);
        YamlNode.Sequence columns = (YamlNode.Sequence) item.value("not_null").orElseThrow();

        assertEquals("test.yml:2:1", root.span().toString());
        assertEquals("test.yml:2:7", root.value("name").orElseThrow().span().toString());
        assertEquals("test.yml:3:1", quality.keySpan().toString());
        assertEquals("test.yml:4:3", quality.value().span().toString());
        assertEquals("test.yml:4:5", item.span().toString());
        assertEquals("test.yml:4:15", columns.span().toString());
        assertEquals("test.yml:4:20", columns.items().get(1).span().toString());
        assertEquals("test.yml:5:11", item.value("when").orElseThrow().span().toString());
    }

    @Test
    void countsSupplementaryCharactersOnce() {
        YamlNode.Mapping root = (YamlNode.Mapping) read("{a: '\uD83D\uDEEB', b: c}");

        assertEquals("test.yml:1:13", root.value("b").orElseThrow().span().toString());
    }

    @Test
    void resolvesAnAliasToItsNode() {
        YamlNode.Mapping root = (YamlNode.Mapping) read("a: &keys [id]\nb: *keys\nc: &keys [other]\nd: *keys\n");

        assertSame(root.value("a").orElseThrow(), root.value("b").orElseThrow());
        assertEquals("[other]", root.value("d").orElseThrow().toString());
    }

    @Test
    void limitsAnAnchorToItsDocument() {
        assertEquals(List.of(Code.YAML_ALIASES), codes("a: &x 1\n---\nb: *x\n"));
    }

    @Test
    void skipsEmptyDocuments() {
        assertEquals(List.of(), documents(""));
        assertEquals(List.of(), documents("# nothing\n"));
        assertEquals(List.of(), documents("---\n---\n"));
        assertEquals(
                "[a, b]", documents("---\na\n---\n# nothing\n---\nb\n...\n").toString());
    }

    @Test
    void acceptsAByteOrderMark(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("marked.yml");
        Files.writeString(file, "\uFEFFname: f\u00FCr\r\nother: b\r\n");
        Diagnostics diagnostics = new Diagnostics();

        assertEquals(
                "[{name=f\u00FCr, other=b}]",
                YamlReader.read(file, "marked.yml", diagnostics).toString());
        assertEquals(List.of(), diagnostics.all());
    }

    @Test
    void reportsThePlaceOfInvalidUtf8(@TempDir Path folder) throws IOException {
        assertEquals("x.yml:2:9", place(folder, "name: a\ntitle: F\u00FCr\n".getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals("x.yml:1:1", place(folder, "name: a".getBytes(StandardCharsets.UTF_16)));
        assertEquals("x.yml:1:8", place(folder, new byte[] {'a', ':', ' ', 'b', 'c', 'd', 'e', (byte) 0xC3}));
    }

    @Test
    void reportsAMissingFile(@TempDir Path folder) {
        Diagnostics diagnostics = new Diagnostics();

        assertEquals(List.of(), YamlReader.read(folder.resolve("x.yml"), "x.yml", diagnostics));
        assertEquals(Code.SPEC_FILE, diagnostics.all().get(0).code());
        assertEquals(List.of(), YamlReader.read(folder, "folder", diagnostics));
        assertEquals(Code.ENV_STORAGE, diagnostics.all().get(0).code());
    }

    @Test
    void reportsEveryDuplicateKey() {
        assertEquals(List.of(Code.YAML_DUPLICATE_KEY, Code.YAML_DUPLICATE_KEY), codes("{a: 1, a: 2, b: {c: 1, c: 2}}"));
        assertEquals(List.of(), codes("{a: 1, A: 2, '1': 3, 1.0: 4}"));
        assertEquals(List.of(Code.YAML_DUPLICATE_KEY), codes("{1: a, '1': b}"));
    }

    @Test
    void doesNotTakeApostrophesAndSmileysForSplitValues() {
        assertEquals(List.of(), codes("[don't, won't]"));
        assertEquals(List.of(), codes("[':(', ':)']"));
        assertEquals(List.of(), codes("[a (b), c (d)]"));
        assertEquals(List.of(), codes("{a: don't, b: won't}"));
        assertEquals(List.of(), codes("{a: x < y, b: z > w}"));
        assertEquals(List.of(), codes("- concat(a, b)\n- f('x, y')\n"));
        assertEquals(List.of(), codes("{a: 'concat(x, y)'}"));
        assertEquals(List.of(Code.YAML_SPLIT_VALUE), codes("{a: struct<x, y>}"));
    }

    @Test
    void limitsNestingToFortyLevels() {
        assertEquals(List.of(), codes("[".repeat(40) + "]".repeat(40)));
        assertEquals(List.of(Code.YAML_TOO_DEEP), codes("[".repeat(42) + "]".repeat(42)));
        assertEquals(List.of(Code.YAML_TOO_DEEP), codes("[".repeat(200_000)));
        assertEquals(List.of(Code.YAML_TOO_DEEP), codes(nested(42)));
    }

    @Test
    void readsHugeFilesQuickly() {
        String keys = IntStream.range(0, 60_000).mapToObj(i -> "k" + i).collect(Collectors.joining(", ", "{", "}"));
        String items = "[" + "f(, ".repeat(60_000) + "]";
        String broken = "a: \"" + "x\n ".repeat(100_000);

        assertTimeout(Duration.ofSeconds(5), () -> codes(keys));
        assertTimeout(Duration.ofSeconds(5), () -> codes(items));
        assertTimeout(Duration.ofSeconds(5), () -> codes(broken));
    }

    private static String nested(int levels) {
        return IntStream.range(0, levels)
                .mapToObj(level -> " ".repeat(level) + "a:\n")
                .collect(Collectors.joining("", "", " ".repeat(levels) + "b"));
    }

    private static String place(Path folder, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("x.yml"), content);
        Diagnostics diagnostics = new Diagnostics();
        assertEquals(List.of(), YamlReader.read(file, "x.yml", diagnostics));
        assertEquals(Code.YAML_ENCODING, diagnostics.all().get(0).code());
        return diagnostics.all().get(0).span().toString();
    }

    private static YamlNode.Scalar scalar(String yaml) {
        return (YamlNode.Scalar) ((YamlNode.Mapping) read(yaml)).value("key").orElseThrow();
    }

    private static YamlNode read(String yaml) {
        Diagnostics diagnostics = new Diagnostics();
        List<YamlNode> documents = YamlReader.parse(yaml, "test.yml", diagnostics);
        assertEquals(List.of(), diagnostics.all());
        return documents.get(0);
    }

    private static List<YamlNode> documents(String yaml) {
        Diagnostics diagnostics = new Diagnostics();
        List<YamlNode> documents = YamlReader.parse(yaml, "test.yml", diagnostics);
        assertEquals(List.of(), diagnostics.all());
        return documents;
    }

    private static List<Code> codes(String yaml) {
        Diagnostics diagnostics = new Diagnostics();
        YamlReader.parse(yaml, "test.yml", diagnostics);
        return diagnostics.all().stream().map(Diagnostic::code).toList();
    }
}
