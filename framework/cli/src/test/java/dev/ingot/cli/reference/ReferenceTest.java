package dev.ingot.cli.reference;

import static dev.ingot.cli.reference.Documents.CATALOG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.ComponentKind;
import dev.ingot.diagnostics.Code;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    private static final String PAGE = Reference.markdown(CATALOG);

    @Test
    void showsEveryComponentWithItsExample() {
        for (ComponentKind kind : ComponentKind.values()) {
            CATALOG.all(kind).forEach(entry -> {
                String heading = "### " + ComponentText.label(kind) + " `" + entry.name() + "`\n";
                assertTrue(PAGE.contains(heading), heading);
                String lastLine = entry.example()
                        .lines()
                        .reduce((first, second) -> second)
                        .orElseThrow();
                assertTrue(PAGE.contains(lastLine + "\n```\n"), entry.example());
            });
        }
    }

    @Test
    void showsTypeDescriptionAndDefaultOfAnOption() {
        assertTrue(PAGE.contains("| `table` | table, as `layer.table` | The referenced table."
                + " Example: `silver.airports`. | **required** |\n"));
        assertTrue(PAGE.contains("| `inclusive` | `true` or `false` | Whether the bounds are allowed values."
                + " Example: `false`. | `true` |\n"));
        assertTrue(PAGE.contains("| `schedule.timezone` | text | The time zone of the cron fields. | `UTC` |\n"));
        assertTrue(PAGE.contains("A value without a mapping sets `condition`: `filter: distance > 0`.\n"));
    }

    @Test
    void explainsEveryCode() {
        for (Code code : Code.values()) {
            String owner = code.owner().name().toLowerCase(Locale.ROOT);
            assertTrue(PAGE.contains("\n| " + code.id() + " | " + owner + " | "), code.id());
        }
    }

    @Test
    void linksToExistingHeadings() {
        Set<String> anchors = found("(?m)^#+ (.*)$").stream()
                .map(heading -> heading.replace("`", "").replace(' ', '-').toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        List<String> links = found("\\]\\(#([^)]*)\\)");

        assertEquals(
                List.of(),
                links.stream().filter(link -> !anchors.contains(link)).toList());
        assertTrue(links.size() > 20, links.toString());
    }

    @Test
    void hasTablesWithEqualCellCounts() {
        List<String> tables = found("(?m)((?:^\\|.*\n)+)");

        assertTrue(tables.size() > 20, tables.toString());
        for (String table : tables) {
            assertEquals(1, table.lines().map(ReferenceTest::bars).distinct().count(), table);
        }
    }

    private static long bars(String row) {
        return row.replace("\\|", "").chars().filter(c -> c == '|').count();
    }

    @Test
    void formatsKeysAndValuesAsCode() {
        assertEquals(
                "`read: new` and `sequence_by` of a key's `source`, &lt;b> \\* `${var:name}` as `:var_name`",
                MarkdownText.markdown("read: new and sequence_by of a key's 'source', <b> * ${var:name} as :var_name"));
    }

    private static List<String> found(String pattern) {
        return Pattern.compile(pattern)
                .matcher(PAGE)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
