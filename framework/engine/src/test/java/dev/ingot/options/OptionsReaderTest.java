package dev.ingot.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.secrets.SecretText;
import dev.ingot.yaml.YamlNode;
import dev.ingot.yaml.YamlReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsReaderTest {

    enum Color {
        RED,
        DARK_BLUE
    }

    record Everything(
            @Option(description = "A text.") String text,
            @Option(description = "A flag.") boolean truth,
            @Option(description = "A small number.") int small,
            @Option(description = "A large number.") long large,
            @Option(description = "A number.") double number,
            @Option(description = "A color.") Color color,
            @Option(description = "A column.") ColumnName column,
            @Option(description = "A table.") TableName table,
            @Option(description = "A source.") SourceName source,
            @Option(description = "An expression.") Expression expression,
            @Option(description = "A threshold.") Threshold threshold,
            @Option(description = "A secret.") SecretText secret,
            @Option(description = "Anything.") YamlNode anything,
            @Option(description = "A list.") List<String> list,
            @Option(description = "A map.") Map<String, Integer> map,
            @Option(description = "Perhaps.") Optional<Long> perhaps,
            @Option(description = "A record.") Point point,
            @Option(description = "Records.") List<Point> points) {}

    record Point(
            @Option(description = "The first.") int x,

            @Option(description = "The second.", defaultValue = "7")
            int y,

            @Option(description = "The color.", defaultValue = "dark_blue")
            Color color) {}

    record Defaults(
            @Option(description = "Perhaps.") Optional<String> perhaps,
            @Option(description = "A list.") List<String> list,
            @Option(description = "A map.") Map<String, String> map,

            @Option(description = "Two colors.", defaultValue = "red")
            List<Color> colors) {}

    record Inline(
            @Option(description = "Columns.", example = "[a, b]", inline = true, required = true)
            List<ColumnName> keys,

            @Option(description = "A flag.", defaultValue = "false")
            boolean flag,

            @Option(description = "A Java keyword.") Optional<String> default_) {}

    record OneMap(
            @Option(description = "Columns.", inline = true, required = true)
            Map<String, Expression> columns) {}

    record Picky(
            @Option(description = "Low.") int low,
            @Option(description = "High.") int high) {
        Picky {
            if (low > high) {
                throw new IllegalArgumentException("'low' is above 'high'");
            }
            if (low == 13) {
                throw new IllegalStateException("a bug");
            }
        }
    }

    record Undocumented(String text) {}

    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void readsEveryType() {
        Everything all = read(Everything.class, """
                text: NO
                truth: true
                small: -5
                large: 9223372036854775807
                number: 1.5e3
                color: dark_blue
                column: origin
                table: silver.flights
                source: airports
                expression: a > 0
                threshold: 1%
                secret: ${secret:kv/password}
                anything: {a: [b]}
                list: [012, "1:30"]
                map: {a: 1, b: 2}
                perhaps: 3
                point: {x: 1}
                points: [{x: 2, y: 3, color: red}]
                """).orElseThrow();

        assertEquals("NO", all.text());
        assertTrue(all.truth());
        assertEquals(-5, all.small());
        assertEquals(Long.MAX_VALUE, all.large());
        assertEquals(1500, all.number());
        assertEquals(Color.DARK_BLUE, all.color());
        assertEquals("test.yml:7:9", all.column().span().toString());
        assertEquals("silver.flights", all.table().toString());
        assertEquals("airports", all.source().alias());
        assertEquals("a > 0", all.expression().text());
        assertEquals("1%", all.threshold().toString());
        assertEquals("***", all.secret().toString());
        assertEquals("{a=[b]}", all.anything().toString());
        assertEquals(List.of("012", "1:30"), all.list());
        assertEquals("{a=1, b=2}", all.map().toString());
        assertEquals(Optional.of(3L), all.perhaps());
        assertEquals(new Point(1, 7, Color.DARK_BLUE), all.point());
        assertEquals(List.of(new Point(2, 3, Color.RED)), all.points());
    }

    @Test
    void usesDefaultsForMissingOptions() {
        Defaults nothing = new Defaults(Optional.empty(), List.of(), Map.of(), List.of(Color.RED));

        assertEquals(nothing, read(Defaults.class, "{}").orElseThrow());
        assertEquals(
                nothing, read(Defaults.class, "perhaps:\nlist: ~\nmap: null\n").orElseThrow());
    }

    @Test
    void distinguishesEmptyTextFromNull() {
        assertEquals(
                Optional.of(""),
                read(Defaults.class, "perhaps: ''").orElseThrow().perhaps());
        assertEquals(
                Optional.of("null"),
                read(Defaults.class, "perhaps: 'null'").orElseThrow().perhaps());
    }

    @Test
    void readsASingleValueAsAList() {
        assertEquals(List.of("a"), read(Defaults.class, "list: a").orElseThrow().list());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[a, b]", "{keys: [a, b]}", "{keys: [a, b], flag: false}"})
    void readsTheInlineOption(String written) {
        Inline read = read(Inline.class, written).orElseThrow();

        assertEquals("[a, b]", read.keys().toString());
    }

    @Test
    void readsAnInlineMap() {
        assertEquals(
                "{columns=1}",
                read(OneMap.class, "columns: 1").orElseThrow().columns().toString());
        assertEquals(
                "[b, a]",
                read(OneMap.class, "{b: 1, a: 2}")
                        .orElseThrow()
                        .columns()
                        .keySet()
                        .toString());
    }

    @Test
    void dropsTheUnderscoreAfterAJavaKeyword() {
        assertEquals(
                Optional.of("x"),
                read(Inline.class, "{keys: a, default: x}").orElseThrow().default_());
    }

    @Test
    void reportsEveryErrorAtOnce() {
        read(Everything.class, """
                txt: a
                truth: yes
                small: 3000000000
                large: 1.5
                number: 4.5f
                color: DARK_BLUE
                column: [a]
                table: flights
                source:
                expression: ""
                threshold: 1.5%%
                secret: ${secret:password}
                list: {a: b}
                map: [a]
                perhaps: ''
                point: 3
                points: [{x: a}, 4, {y: 1}]
                """);

        assertEquals(
                List.of(
                        "1:1 it has no option 'txt'",
                        "1:1 it needs 'source'",
                        "1:1 it needs 'anything'",
                        "2:8 'truth' must be true or false, not 'yes'",
                        "3:8 'small' must be a number up to 2147483647, not '3000000000'",
                        "4:8 'large' must be a whole number, not '1.5'",
                        "5:9 'number' must be a number, not '4.5f'",
                        "6:8 'color' cannot be 'DARK_BLUE'",
                        "7:9 'column' must be the name of a column, not a list",
                        "8:8 'table' must be a table written layer.table, not 'flights'",
                        "10:13 'expression' must be an expression, not ''",
                        "11:12 'threshold' must be a count such as 10 or a percentage such as 1%, not '1.5%%'",
                        "12:9 Cannot resolve '${secret:password}': a reference to a secret consists of a scope and a"
                                + " key",
                        "13:7 'list' must be a list, not a mapping",
                        "14:6 'map' must be a mapping, not a list",
                        "15:10 'perhaps' must be a whole number, not ''",
                        "16:8 Cannot read 'point' of thing: expected a mapping, not '3'",
                        "17:14 Cannot read 'points' of thing: 'x' must be a whole number, not 'a'",
                        "17:18 Cannot read 'points' of thing: expected a mapping, not '4'",
                        "17:21 Cannot read 'points' of thing: it needs 'x'"),
                reported());
    }

    @Test
    void doesNotReportAMisspelledOptionAsMissing() {
        read(Inline.class, "{key: [a]}");

        assertEquals(List.of("1:2 it has no option 'key'"), reported());
        assertEquals(Optional.of("keys"), diagnostics.all().get(0).nearest());
    }

    @Test
    void explainsAMissingOption() {
        read(Inline.class, "{}");

        assertEquals("""
                test.yml:1:1  error SPEC-001  Cannot read thing: it needs 'keys'
                    Add 'keys:' (Columns), for example: keys: [a, b]""", diagnostics.all().get(0).render());
    }

    @Test
    void rejectsEmptyListsAndMaps() {
        read(Defaults.class, "{list: [], map: {}}");
        read(Inline.class, "[]");

        assertEquals(
                List.of(
                        "1:1 it needs at least one value",
                        "1:8 'list' needs at least one value",
                        "1:17 'map' needs at least one 'key: value'"),
                reported());
    }

    @Test
    void acceptsTheKeysOfOtherReaders() {
        YamlNode node = YamlReader.parse("{x: 1, filter: a, oops: b}", "test.yml", diagnostics)
                .get(0);
        reader().read(Point.class, node, "thing", Set.of("filter"));

        assertEquals(List.of("1:19 it has no option 'oops'"), reported());
        assertEquals(
                List.of("x", "y", "color", "filter"), diagnostics.all().get(0).accepted());
    }

    @Test
    void reportsWhatTheRecordRejectsAsAUserError() {
        assertEquals(Optional.empty(), read(Picky.class, "{low: 2, high: 1}"));
        assertEquals(List.of("1:1 'low' is above 'high'"), reported());
    }

    @Test
    void throwsOnInternalErrors() {
        assertThrows(IllegalStateException.class, () -> read(Picky.class, "{low: 13, high: 14}"));
        assertThrows(IllegalStateException.class, () -> RecordShape.of(Undocumented.class));
    }

    @Test
    void marksOptionalFields() {
        assertEquals(
                List.of("keys=false", "flag=true", "default=true"),
                RecordShape.of(Inline.class).fields().stream()
                        .map(field -> field.name() + "=" + field.optional())
                        .toList());
        assertTrue(RecordShape.of(OneMap.class).isOneMap());
    }

    @Test
    void findsValuesAtAnyDepth() {
        Everything all = everything();

        assertEquals(
                List.of(new Point(1, 7, Color.DARK_BLUE), new Point(2, 3, Color.RED)),
                OptionValues.of(all, Point.class));
        assertEquals("[a > 0]", OptionValues.of(all, Expression.class).toString());
    }

    private Everything everything() {
        return read(Everything.class, """
                {text: a, truth: true, small: 1, large: 1, number: 1, color: red, column: a, table: a.b, source: a,
                 expression: a > 0, threshold: 1, secret: a, anything: a, point: {x: 1}, points: [{x: 2, y: 3, color: red}]}
                """).orElseThrow();
    }

    private <R extends Record> Optional<R> read(Class<R> type, String yaml) {
        return reader().read(
                        type, YamlReader.parse(yaml, "test.yml", diagnostics).get(0), "thing");
    }

    private OptionsReader reader() {
        return new OptionsReader(ValueScope.none(), diagnostics);
    }

    private List<String> reported() {
        return diagnostics.all().stream()
                .map(Diagnostic::render)
                .map(text -> text.lines().findFirst().orElseThrow())
                .map(line -> line.replaceFirst("test.yml:(\\S+)  error \\S+  (Cannot read thing: )?", "$1 "))
                .toList();
    }
}
