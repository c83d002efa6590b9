package dev.ingot.integration.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DocumentedPageTest {

    @Test
    void aStepIsItsCommandsAndTheOutputRightAfterThem() {
        DocumentedPage page = DocumentedPage.of("""
                # Page
                ```sh
                cd shop
                ```
                Words.
                ```yaml
                a: b
                ```
                1. Item
                   ```sh
                   ingot run
                     indented
                   ```
                   which prints
                   ```text
                   done
                   ```
                ```sh not-run
                databricks
                ```
                """);

        assertEquals(
                List.of(
                        new DocumentedPage.Step(2, List.of("cd shop"), List.of()),
                        new DocumentedPage.Step(10, List.of("ingot run", "  indented"), List.of("done"))),
                page.steps());
        assertTrue(page.hasUntriedCommands());
        assertEquals(List.of(), page.unknownFences());
    }

    @Test
    void aFenceOfAnUnknownKindIsFound() {
        assertEquals(
                List.of("1: ''", "3: 'bash'"),
                DocumentedPage.of("```\n```\n```bash\nx\n```\n").unknownFences());
    }

    @Test
    void whatDiffersFromRunToRunDoesNotCount() {
        assertEquals(
                Optional.empty(),
                missing(
                        List.of("TABLE  AT  S", "x  20260101T010203004  2026-01-01T01:02:03.004Z  1.5 s  2.345"),
                        List.of("TABLE    AT   S", "x   20270101T010203004   2027-01-01T01:02:03Z   11.5 s   12.345")));
    }

    @Test
    void dotsStandForAnything() {
        assertEquals(Optional.empty(), missing(List.of("a ... c", "...", "e"), List.of("0", "a b c", "d", "e", "f")));
        assertEquals(Optional.empty(), missing(List.of("a  ...", "b  ..."), List.of("a", "b  c")));
    }

    @Test
    void aLineThatIsNotPrintedIsFound() {
        assertEquals(Optional.of("b"), missing(List.of("a", "b"), List.of("a", "c")));
        assertEquals(Optional.of("b"), missing(List.of("a", "b"), List.of("a", "between", "b")));
        assertEquals(Optional.of("a"), missing(List.of("b", "...", "a"), List.of("a", "b")));
        assertEquals(Optional.of("a ..."), missing(List.of("a ..."), List.of("ab")));
        assertEquals(Optional.of("a"), missing(List.of("a"), List.of()));
    }

    private static Optional<String> missing(List<String> shown, List<String> printed) {
        return new ExpectedOutput(shown).missingFrom(printed);
    }
}
