package dev.ingot.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.ingot.plan.WrittenProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

    private static final String CONF = """
            -- conf/project.yml --
            name: test
            variables:
              late: {type: int, default: 15}
              unused: {default: a}
            """;

    private static final String FLIGHTS = """
            name: flights
            sources:
              flights:
                rows: [{id: 1, origin: JFK}]
              airports:
                rows: [{iata: JFK, city: New York}]
            input: flights
            transformations:
              - filter: delay > :var_late
              - derive: {a: upper(origin), b: lower(origin)}
              - join:
                  with: airports
                  condition: input.origin = airports.iata
            quality:
              - not_null: [id, origin]
                max_violations: 1%
            target:
              layer: bronze
              mode: overwrite
              columns:
                - {name: id, type: bigint, description: The flight.}
              columns_open: true
            """;

    @TempDir
    private Path folder;

    private int projects;

    @Test
    void ignoresCommentsFormatAndPlace() {
        String rewritten = """
                # A comment.
                description: One row per flight.
                owner: me
                tags: [daily]
                schedule: {cron: "0 6 * * *"}

                name: "flights"
                input: flights
                sources:
                  airports: {rows: [{"iata": 'JFK', city: New York}], description: Lookup table.}
                  flights:
                    rows:
                      - id: "1"      # the first
                        origin: JFK
                quality:
                  - max_violations: 1 %
                    not_null: {columns: [id, origin]}
                    on_violation:
                    description: Nobody flies from nowhere.
                transformations:
                  - filter: >-
                      delay /* in minutes */
                        > :var_late   -- a comment in SQL
                    description: Only the late ones.
                  - derive:
                      a: upper( origin )
                      b: lower(origin)
                  - join: {condition: input.origin=airports.iata, type: left, with: airports}
                target:
                  columns_open: true
                  mode: overwrite
                  layer: bronze
                  allow_empty: false
                  columns: [{description: The flight., name: id, type: bigint, nullable: true}]
                """;

        assertEquals(fingerprint(FLIGHTS), fingerprint("pipelines/a/b/other.yml", rewritten, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delay > :var_late | delay >= :var_late",
                "'JFK, city: New York' | 'JFK, city: \"New York, city=Paris\"'",
                "a: upper(origin), b: lower(origin) | b: lower(origin), a: upper(origin)",
                "upper(origin) | upper('origin')",
                "upper(origin) | Upper(origin)",
                "with: airports | with: flights",
                "max_violations: 1% | max_violations: 1",
                "max_violations: 1% | on_violation: warn",
                "[id, origin] | [origin, id]",
                "[id, origin] | ['id, origin']",
                "not_null: | unique:",
                "type: bigint | type: int",
                "The flight. | A flight.",
                "columns_open: true | columns_open: false",
                "columns_open: true | allow_empty: true",
                "mode: overwrite | mode: append"
            })
    void changesWithTheMeaning(String before, String after) {
        String changed = FLIGHTS.replace(
                before.replace("'JFK", "JFK").replace("York'", "York"),
                after.replace("'JFK", "JFK").replace("\"'", "\""));

        assertNotEquals(FLIGHTS, changed);
        assertNotEquals(fingerprint(FLIGHTS), fingerprint(changed));
    }

    @Test
    void distinguishesSwappedSources() {
        String swapped = """
                name: x
                sources:
                  a:
                    rows: [{id: 1}]
                  b:
                    rows: [{id: 2}]
                input: a
                target: {layer: bronze, mode: overwrite}
                """;

        assertNotEquals(
                fingerprint(swapped),
                fingerprint(
                        swapped.replace("a:\n", "c:\n").replace("b:\n", "a:\n").replace("c:\n", "b:\n")));
    }

    @Test
    void distinguishesValuesThatPrintAlike() {
        List<Object> printedAlike = List.of(
                List.of("a, b"),
                List.of("a", "b"),
                List.of(List.of("a", "b")),
                List.of("a", List.of("b")),
                "[a, b]",
                "a, b");

        assertEquals(
                printedAlike.size(),
                printedAlike.stream().map(Fingerprint::of).distinct().count());
    }

    @Test
    void ignoresUnusedVariables() {
        assertEquals(fingerprint(FLIGHTS), fingerprint("pipelines/x.yml", FLIGHTS, "--var unused=b"));
        assertNotEquals(fingerprint(FLIGHTS), fingerprint("pipelines/x.yml", FLIGHTS, "--var late=16"));
    }

    private String fingerprint(String pipeline) {
        return fingerprint("pipelines/x.yml", pipeline, "");
    }

    private String fingerprint(String file, String pipeline, String arguments) {
        String text = CONF + "-- " + file + " --\n" + pipeline + "-- arguments --\n" + arguments;
        Path own = folder.resolve(Integer.toString(projects++));
        String table = pipeline.contains("name: x\n") ? "bronze.x" : "bronze.flights";
        return new WrittenProject(own, text).pipeline(table).fingerprint();
    }
}
