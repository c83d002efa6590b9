package dev.ingot.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.plan.WrittenProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinderTest {

    private static final String LAYERS = """
            -- conf/project.yml --
            name: test
            layers:
              bronze:
                reads: [outside]
                target: {mode: append, change_feed: false}
            variables:
              layer: {default: bronze}
            """;

    @TempDir
    private Path folder;

    @Test
    void usesTheDefaultsOfTheLayer() {
        Pipeline flights = pipeline("layer: bronze");

        assertEquals("append", flights.target().component().name());
        assertFalse(flights.target().settings().changeFeed());
    }

    @Test
    void overridesTheDefaultsOfTheLayer() {
        Pipeline flights = pipeline("layer: bronze\n  mode: merge\n  keys: id\n  change_feed: true");

        assertEquals("merge", flights.target().component().name());
        assertEquals("[id]", flights.keys().toString());
        assertTrue(flights.target().settings().changeFeed());
    }

    @Test
    void resolvesTheLayerFromAVariable() {
        Pipeline flights = pipeline("layer: ${var:layer}");

        assertEquals("bronze.flights", flights.id().toString());
        assertEquals("append", flights.target().component().name());
    }

    @Test
    void bindsComponentsInOrder() {
        Pipeline flights = new WrittenProject(folder, """
                -- pipelines/more/a.sql --
                SELECT *
                FROM input
                -- pipelines/flights.yml --
                name: flights
                sources:
                  b: {rows: [{x: 1}]}
                  a: {rows: [{x: 1}], read: all}
                input: b
                transformations:
                  - sql: {file: more/a.sql}
                  - filter: x > 0
                quality:
                  - unique: x
                    name: one_each
                  - not_null: [x, x.y]
                  - expression: >
                      x   >  0
                target: {layer: bronze, mode: overwrite}
                """).pipeline("bronze.flights");

        assertEquals(List.of("b", "a"), List.copyOf(flights.sources().keySet()));
        assertEquals("b", flights.input());
        assertEquals(
                List.of("transformation 'sql'", "transformation 'filter'"),
                flights.steps().stream().map(step -> step.component().title()).toList());
        assertEquals(
                List.of("one_each", "not_null(x, x.y)", "expression(x > 0)"),
                flights.checks().stream().map(RuleName::of).toList());
        assertEquals("pipelines/flights.yml:1:7", flights.span().toString());
        assertEquals("pipelines/flights.yml:7:5", flights.steps().get(0).span().toString());
    }

    private Pipeline pipeline(String target) {
        return new WrittenProject(
                        folder,
                        LAYERS + "-- pipelines/flights.yml --\nname: flights\nsource:\n  rows: [{id: 1}]\ntarget:\n  "
                                + target + "\n")
                .pipeline("bronze.flights");
    }
}
