package dev.ingot.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.options.ValueScope;
import dev.ingot.plan.WrittenProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecReaderTest {

    private final Diagnostics diagnostics = new Diagnostics();

    @TempDir
    private Path folder;

    @Test
    void recordsThePlaceOfEveryComponent() throws IOException {
        PipelineSpec flights = read("""
                description: One row per flight.
                name: flights
                source:
                  table: bronze.flights
                  read: all
                transformations:
                  - description: Real ones.
                    filter: distance > 0
                quality:
                  - not_null: [id]
                target:
                  layer: silver
                """).get(0);

        assertEquals(List.of(), diagnostics.all());
        assertEquals(Optional.of("flights"), flights.name());
        assertEquals("x.yml:2:7", flights.span().toString());
        assertEquals(List.of(PipelineSpec.INPUT), List.copyOf(flights.sources().keySet()));
        ComponentSpec source = flights.sources().get(PipelineSpec.INPUT);
        assertEquals("table bronze.flights x.yml:4:3", source.name() + " " + source.options() + " " + source.span());
        assertEquals("x.yml:8:5", flights.steps().get(0).span().toString());
        assertEquals("x.yml:8:13", flights.steps().get(0).options().span().toString());
        assertEquals(
                "{description=Real ones., filter=distance > 0}",
                flights.steps().get(0).mapping().toString());
        assertEquals("x.yml:12:3", flights.target().orElseThrow().span().toString());
    }

    @Test
    void readsSeveralPipelinesFromOneFile() throws IOException {
        List<PipelineSpec> specs = read("""
                name: a
                source: {rows: [{x: 1}]}
                target: {layer: bronze, mode: append}
                ---
                name: b
                source: {rows: [{x: 1}]}
                target: {layer: bronze, mode: append}
                """);

        assertEquals(
                List.of("a", "b"),
                specs.stream().map(spec -> spec.name().orElseThrow()).toList());
        assertEquals("x.yml:5:7", specs.get(1).span().toString());
        assertTrue(specs.stream().allMatch(spec -> spec.file().isPresent()));
    }

    @Test
    void readsCorrectPartsNextToWrongOnes() throws IOException {
        PipelineSpec broken = read("""
                name: flights
                sorce: {rows: [{x: 1}]}
                transformations:
                  - filtr: a > 0
                  - filter: b > 0
                  - drop: c
                quality:
                  - not_null: [id]
                  - uniqe: [id]
                target: {layer: bronze}
                """).get(0);

        assertEquals(
                List.of("x.yml:2:1", "x.yml:4:5", "x.yml:9:5"),
                diagnostics.all().stream()
                        .map(Diagnostic::span)
                        .map(Object::toString)
                        .toList());
        assertEquals(Optional.empty(), broken.file());
        assertEquals(
                List.of("filter", "drop"),
                broken.steps().stream().map(ComponentSpec::name).toList());
        assertEquals(
                List.of("not_null"),
                broken.checks().stream().map(ComponentSpec::name).toList());
        assertTrue(broken.target().isPresent());
    }

    private List<PipelineSpec> read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("x.yml"), yaml);
        return new SpecReader(WrittenProject.CATALOG, ValueScope.none(), diagnostics).read(file, "x.yml");
    }
}
