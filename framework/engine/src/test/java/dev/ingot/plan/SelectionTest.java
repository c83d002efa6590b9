package dev.ingot.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.names.TableId;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses the plan {@code a -> b -> c -> d}, where {@code c} also reads {@code e}, and a separate {@code f}. */
class SelectionTest {

    private static LogicalPlan plan;

    @BeforeAll
    static void plan(@TempDir Path folder) {
        plan = new WrittenProject(folder, """
                -- pipelines/raw/a.yml --
                name: a
                tags: [daily, raw]
                source: {rows: [{x: 1}]}
                target: {layer: bronze, mode: append}
                -- pipelines/raw/e.yml --
                name: e
                tags: raw
                source: {rows: [{x: 1}]}
                target: {layer: bronze, mode: append}
                -- pipelines/raw_more/f.yml --
                name: f
                source: {rows: [{x: 1}]}
                target: {layer: bronze, mode: append}
                -- pipelines/b.yml --
                name: b
                tags: [daily]
                source: {table: bronze.a}
                target: {layer: silver, mode: append}
                -- pipelines/c.yml --
                name: c
                source: {table: silver.b}
                quality:
                  - references: {columns: x, table: bronze.e}
                target: {layer: silver, mode: append}
                -- pipelines/d.yml --
                name: d
                tags: [daily]
                source: {table: silver.c}
                target: {layer: gold, mode: overwrite}
                """).plan();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "silver.b | b",
                "b | b",
                "+silver.c | a e b c",
                "+c | a e b c",
                "1+c | e b c",
                "2+c | a e b c",
                "0+c | c",
                "silver.b+ | d b c",
                "b+1 | b c",
                "+b+ | a d b c",
                "1+c+1 | e d b c",
                "tag:daily | a d b",
                "tag:raw | a e",
                "+tag:daily | a e d b c",
                "tag:raw+1 | a e b c",
                "layer:silver | b c",
                "layer:gold | d",
                "path:pipelines/raw | a e",
                "path:pipelines/raw/ | a e",
                "path:pipelines/d.yml | d",
                "path:pipelines | a e f d b c",
                "a d | a d",
                "tag:daily,layer:silver | b",
                "+d,tag:raw,layer:bronze | a e",
                "tag:raw,tag:daily layer:gold | a d",
                "  a   f  | a f"
            })
    void selectsTables(String selectors, String tables) {
        assertEquals(tables, selected(List.of(selectors), List.of()));
    }

    @Test
    void selectsEverythingByDefaultAndAppliesExclusions() {
        assertEquals("a e f d b c", selected(List.of(), List.of()));
        assertEquals("e f", selected(List.of(), List.of("a+")));
        assertEquals("a", selected(List.of("+c", "f"), List.of("c f", "layer:silver", "e")));
        assertEquals("", selected(List.of("a"), List.of("a")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "a++b",
                "bronze.b",
                "tag:",
                "tag:dail",
                "layer:",
                "path:pipelines/ra",
                "path:",
                "A",
                "99999999999+c",
                "a,d",
                "a,",
                ",a",
                "-1+c",
                "@a",
                "bronze.*"
            })
    void reportsSelectorsWithoutAMatch(String selector) {
        Diagnostics diagnostics = new Diagnostics();

        assertTrue(new Selection(List.of(selector), List.of())
                .in(plan, diagnostics)
                .isEmpty());
        assertEquals(Code.PLAN_SELECTION, diagnostics.all().get(0).code());
    }

    private static String selected(List<String> include, List<String> exclude) {
        Diagnostics diagnostics = new Diagnostics();
        String tables = new Selection(include, exclude)
                .in(plan, diagnostics).stream().map(TableId::table).collect(Collectors.joining(" "));
        diagnostics.throwIfErrors();
        return tables;
    }
}
