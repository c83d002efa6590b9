package dev.ingot.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiagnosticTest {

    private static final SourceSpan PLACE = new SourceSpan("pipelines/flights.yml", 14, 7);

    @Test
    void rendersIndentedLines() {
        Diagnostic unknown = Diagnostic.error(
                        Code.SPEC_UNKNOWN, PLACE, "Cannot read it: no option 'key'", "Look\ntwice.")
                .accepting(List.of("keys", "keep_latest_by"), "key");

        assertEquals("""
                pipelines/flights.yml:14:7  error SPEC-012  Cannot read it: no option 'key'
                    accepted: keys, keep_latest_by       did you mean 'keys'?
                    Look
                    twice.""", unknown.render());
    }

    @Test
    void rendersOneLineWithoutRemedy() {
        Diagnostic bare = Diagnostic.warning(Code.SPEC_FILE, SourceSpan.of("a.yaml"), "Not read", "");

        assertEquals("a.yaml  warning SPEC-011  Not read", bare.render());
    }

    @Test
    void escapesControlCharacters() {
        Diagnostic hostile = Diagnostic.error(Code.SPEC_UNKNOWN, PLACE, "no \u001b[2J\r\u009b'x'", "\u0007")
                .accepting(List.of("a\tb"), "");

        assertEquals("""
                pipelines/flights.yml:14:7  error SPEC-012  no \\u001b[2J\\u000d\\u009b'x'
                    accepted: a\\u0009b
                    \\u0007""", hostile.render());
    }

    @Test
    void sortsByPlaceAndRemovesDuplicates() {
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.add(at("b.yml", 1, 1, "first of b"));
        diagnostics.add(at("a.yml", 10, 1, "tenth line"));
        diagnostics.add(at("a.yml", 9, 20, "ninth line, later"));
        diagnostics.add(at("a.yml", 9, 3, "ninth line"));
        diagnostics.add(at("a.yml", 9, 3, "ninth line, added later"));
        diagnostics.add(at("b.yml", 1, 1, "first of b"));
        Diagnostics more = new Diagnostics();
        more.add(Diagnostic.error(Code.SPEC_MISSING, SourceSpan.of("a.yml"), "whole file", ""));
        diagnostics.addAll(more);

        assertEquals(
                List.of(
                        "whole file",
                        "ninth line",
                        "ninth line, added later",
                        "ninth line, later",
                        "tenth line",
                        "first of b"),
                diagnostics.all().stream().map(Diagnostic::summary).toList());
    }

    @Test
    void throwsOnlyWhenAnErrorIsFound() {
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.add(Diagnostic.warning(Code.SPEC_FILE, PLACE, "odd", ""));

        assertFalse(diagnostics.hasErrors());
        diagnostics.throwIfErrors();
        diagnostics.add(at("a.yml", 1, 1, "wrong"));
        IngotException end = assertThrows(IngotException.class, diagnostics::throwIfErrors);
        assertEquals(2, end.diagnostics().size());
        assertEquals(Owner.USER, end.owner());
    }

    @Test
    void returnsTheOwnerOfTheMostSevereError() {
        assertEquals(Owner.ENVIRONMENT, owner(Code.SPEC_UNKNOWN, Code.ENV_FULL, Code.DATA_GATE));
        assertEquals(Owner.INTERNAL, owner(Code.ENV_FULL, Code.INTERNAL));
        assertEquals(Owner.DATA, owner(Code.DATA_GATE));
    }

    @Test
    void codesAreUniqueAndWellFormed() {
        Set<String> ids = Stream.of(Code.values()).map(Code::id).collect(Collectors.toSet());

        assertEquals(Code.values().length, ids.size());
        for (Code code : Code.values()) {
            assertTrue(code.id().matches("(YAML|SPEC|CONF|PLAN|DEPLOY|DATA|ENV|INT)-\\d{3}"), code.id());
            assertTrue(code.meaning().endsWith("."), code.id());
        }
    }

    private static Owner owner(Code... codes) {
        return new IngotException(Stream.of(codes)
                        .map(code -> Diagnostic.error(code, PLACE, "x", ""))
                        .toList())
                .owner();
    }

    private static Diagnostic at(String file, int line, int column, String summary) {
        return Diagnostic.error(Code.SPEC_TYPE, new SourceSpan(file, line, column), summary, "");
    }
}
