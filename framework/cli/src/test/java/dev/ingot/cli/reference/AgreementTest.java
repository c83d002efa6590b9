package dev.ingot.cli.reference;

import static dev.ingot.cli.reference.Documents.CATALOG;
import static dev.ingot.cli.reference.Documents.withKeys;
import static dev.ingot.cli.reference.Documents.withRule;
import static dev.ingot.cli.reference.Documents.withSource;
import static dev.ingot.cli.reference.Documents.withStep;
import static dev.ingot.cli.reference.Documents.withTarget;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that the schema and the engine's reader agree about everything that can be checked at one place of a file.
 */
class AgreementTest {

    private static final SchemaCheck PIPELINE = SchemaCheck.of(Schemas.pipeline(CATALOG));
    private static final SchemaCheck PROJECT = SchemaCheck.of(Schemas.project(CATALOG));
    private static final SchemaCheck ENVIRONMENT = SchemaCheck.of(Schemas.environment());

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeQueryFile() throws IOException {
        Files.writeString(folder.resolve("late.sql"), "SELECT * FROM input");
    }

    static Stream<String> validPipelines() {
        return Stream.of(
                withKeys("name: flights\ndescription:\nowner: 7\ntags: daily\ntransformations:\nquality: ~"),
                withKeys("name: flights_${var:number}\nschedule: {cron: '0 6 * * *'}"),
                withKeys("name: flights\nschedule: {cron: 0 6 * * *, timezone: Europe/Berlin}\ninput: input"),
                "name: a\nsources: {x: {table: bronze.a}, y: {table: bronze.b}}\ninput: x\n"
                        + "target: {layer: silver, mode: append}",
                "name: a\nsource:\nsources: {x: {table: bronze.a}}\ntarget: {layer: silver, mode: append}",
                "name: a\nsource: {table: bronze.a}\nsources:\ntarget: {layer: silver, mode: append}\n---\n---\n"
                        + "name: b\nsource: {table: bronze.a}\ntarget: {layer: silver, mode: append}",
                withSource("table: bronze.flights\nread: all\ndescription: 2024"),
                withSource("table: {name: '${var:number}x', deletes: ignore}").replace("'${var:number}x'", "bronze.a"),
                withSource("files: {path: landing, format: csv, options: {header: false, quote: 1, sep: 'no'}}"),
                withSource("files: {path: '${var:number}/x', format: json, schema: id BIGINT}\nread: new"),
                withSource("rows:\n  - {a: 1, b: true, c: 2024-01-31}\n  - {a: x}"),
                withSource("rows: {rows: [{a: 1}]}"),
                withStep("filter: a > 0"),
                withStep("filter: true"),
                withStep("filter: {condition: a > 0}\ndescription: why"),
                withStep("cast: {a: int}\non_violation: fail"),
                withStep("cast: {a: int}\non_violation:"),
                withStep("filter: a > 0\non_violation:"),
                withStep("select: a"),
                withStep("drop: {columns: a}"),
                withStep("deduplicate: [a, 2]"),
                withStep("flatten:"),
                withStep("flatten: {depth: '2', prefix: 'false'}"),
                withStep("flatten: {depth: '${var:number}'}"),
                withStep("explode: {column: a, outer: true}"),
                withStep("join: {with: input, using: a, type: left_semi}"),
                withStep("sql: SELECT * FROM input"),
                withStep("sql: {file: late.sql}"),
                withStep("aggregate: {measures: {n: count(*)}}"),
                withRule("not_null: a"),
                withRule("not_null: [a]\nname: 5\nmax_violations: 5\nwhen: b > 0\ndescription: x"),
                withRule("not_null: [a]\nmax_violations: 0.5 %"),
                withRule("not_null: [a]\nmax_violations: '${var:number}%'"),
                withRule("unique: [a]\non_violation: warn\nscope: batch"),
                withRule("range: {column: a, min: 2024-01-31, max: 3.5, inclusive: false}"),
                withRule("row_count: {min: 1, max: '+5'}"),
                withRule("references: {columns: a, table: silver.x, to: [b]}"),
                withRule("accepted_values: {column: a, values: [1, true, x]}"),
                withTarget("{layer: silver, mode: overwrite, allow_empty: true, change_feed: 'false'}"),
                withTarget("{layer: silver, mode: merge, keys: id, sequence_by:}"),
                withTarget("{layer: silver, mode: append, columns_open: true, columns: [{name: a, type: int}]}"));
    }

    static Stream<String> invalidPipelines() {
        return Stream.of(
                "just text",
                "- a list",
                "name: a",
                withKeys("description: without a name"),
                withKeys("name: Flights"),
                withKeys("name: flights_quarantine"),
                withKeys("name: [flights]"),
                withKeys("name: flights\nlayer: silver"),
                withKeys("name: flights\ntags: []"),
                withKeys("name: flights\ntags: [a, ~]"),
                withKeys("name: flights\ntags: {a: b}"),
                withKeys("name: flights\nschedule: 0 6 * * *"),
                withKeys("name: flights\nschedule: {timezone: UTC}"),
                withKeys("name: flights\nsources: {x: {table: bronze.a}}"),
                withKeys("name: flights\ntransformations: {filter: a > 0}"),
                withKeys("name: flights\ntransformations: [filter]"),
                withKeys("name: flights\nquality: []"),
                "name: a\ntarget: {layer: silver, mode: append}",
                "name: a\nsources: {x: {table: bronze.a}, y: {table: bronze.b}}\n"
                        + "target: {layer: silver, mode: append}",
                "name: a\nsources: {X: {table: bronze.a}}\ntarget: {layer: silver, mode: append}",
                "name: a\nsources: {x: }\ntarget: {layer: silver, mode: append}",
                "name: a\nsource: {table: bronze.a}\ntarget: append",
                "name: a\nsource: {table: bronze.a}\ntarget:",
                withSource("table: flights"),
                withSource("table: 1.5"),
                withSource("table: [bronze.a]"),
                withSource("table: bronze.a\nread: some"),
                withSource("table: bronze.a\nrows: [{a: 1}]"),
                withSource("table: bronze.a\nformat: csv"),
                withSource("tabel: bronze.a"),
                withSource("read: all"),
                withSource("files: landing"),
                withSource("files: {path: landing}"),
                withSource("files: {path: landing, format: CSV}"),
                withSource("files: {path: landing, format: csv, options: {header: [a]}}"),
                withSource("rows: []"),
                withSource("rows: x"),
                withSource("rows: [{}]"),
                withSource("rows: [{a: }]"),
                withStep("filter:"),
                withStep("filter: [a > 0]"),
                withStep("filter: ''"),
                withStep("filter: a > ${var:number}"),
                withStep("filter: a > 0\ndrop: [a]"),
                withStep("filter: a > 0\non_violation: warn"),
                withStep("filter: a > 0\nname: x"),
                withStep("cast: {a: int}\non_violation: ignore"),
                withStep("cast: int"),
                withStep("cast: {}"),
                withStep("cast: {a: }"),
                withStep("derive: {a: {b: c}}"),
                withStep("deduplicate: {key: [a]}"),
                withStep("deduplicate: {keep_latest_by: [a]}"),
                withStep("explode: {as: a}"),
                withStep("explode: {column: a, outer: maybe}"),
                withStep("flatten: {depth: two}"),
                withStep("flatten: {depth: 1.5}"),
                withStep("sql:"),
                withStep("sql: {}"),
                withStep("aggregate: {group_by: [a]}"),
                withStep("aggregate: count(*)"),
                withRule("unique: [a]\non_violation: drop"),
                withRule("unique: [a]\nmax_violations: 101%"),
                withRule("unique: [a]\nmax_violations: -1"),
                withRule("unique: [a]\nmax_violations: 1.5"),
                withRule("unique: [a]\nscope: all"),
                withRule("unique: [[a]]"),
                withRule("not_null: [a]\nwhen: [b]"),
                withRule("row_count: {}"),
                withRule("row_count: 5"),
                withRule("row_count:"),
                withRule("row_count: {min: 1.5}"),
                withRule("references: {columns: [a], table: x}"),
                withTarget("{mode: append}"),
                withTarget("{layer: silver, mode: upsert}"),
                withTarget("{layer: silver, mode: append, keys: [a]}"),
                withTarget("{layer: silver, mode: merge}"),
                withTarget("{layer: silver, mode: merge, keys: []}"),
                withTarget("{layer: silver, mode: overwrite, allow_empty: 1}"),
                withTarget("{layer: silver, mode: append, columns: [a]}"),
                withTarget("{layer: silver, mode: append, columns: {a: int}}"),
                withTarget("{layer: silver, mode: append, columns: [{name: a}]}"),
                withTarget("{layer: Silver, mode: append}"));
    }

    @ParameterizedTest
    @MethodSource("validPipelines")
    void onValidPipelines(String yaml) throws IOException {
        assertEquals(List.of(), Verdict.ofPipeline(yaml, folder), yaml);
        assertEquals(List.of(), PIPELINE.mistakes(yaml), yaml);
    }

    @ParameterizedTest
    @MethodSource("invalidPipelines")
    void onInvalidPipelines(String yaml) throws IOException {
        assertNotEquals(List.of(), Verdict.ofPipeline(yaml, folder), yaml);
        assertNotEquals(List.of(), PIPELINE.mistakes(yaml), yaml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: 2024",
                "name: p\ndescription:\nlayers:\nvariables:",
                "name: p\nlayers: {bronze: {reads: outside}, silver: {reads: [bronze, silver], target: {mode: merge}}}",
                "name: p\nlayers: {gold: {reads: outside, target: {mode: overwrite, allow_empty: true}}}",
                "name: p\nlayers: {gold: {reads: outside, target: {change_feed: false, sequence_by: [a]}}}",
                "name: p\nvariables: {a: {default: x}, b: {type: int, default: 5}, c: {type: date, default: '2024-01-31'}}"
            })
    void onValidProjects(String yaml) throws IOException {
        assertEquals(List.of(), Verdict.ofProject(yaml, folder), yaml);
        assertEquals(List.of(), PROJECT.mistakes(yaml), yaml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "description: x",
                "name: p\nlake: lake",
                "name: p\nlayers: {}",
                "name: p\nlayers: [bronze]",
                "name: p\nlayers: {Bronze: {reads: outside}}",
                "name: p\nlayers: {outside: {reads: outside}}",
                "name: p\nlayers: {bronze: {target: {mode: append}}}",
                "name: p\nlayers: {bronze: {reads: outside, writes: x}}",
                "name: p\nvariables: {a: 5}",
                "name: p\nvariables: {a: {type: number, default: 5}}",
                "name: p\nvariables: {A: {default: 5}}",
                "name: p\nvariables: {a: {default: [5]}}"
            })
    void onInvalidProjects(String yaml) throws IOException {
        assertNotEquals(List.of(), Verdict.ofProject(yaml, folder), yaml);
        assertNotEquals(List.of(), PROJECT.mistakes(yaml), yaml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lake: lake",
                "lake: 's3a://x/${run:id}'\nspark: {a: 1, b: true, spark.hadoop.c: '${secret:kv/key#a.b}'}\nsecrets: {kv: {provider: env}}",
                "lake: lake\nsecrets: {kv: {provider: env}, f: {provider: file, path: /run}}\nvariables: {number: 6}",
                "lake: lake\nspark:\nsecrets: ~"
            })
    void onValidEnvironments(String yaml) throws IOException {
        assertEquals(List.of(), Verdict.ofEnvironment(yaml, folder), yaml);
        assertEquals(List.of(), ENVIRONMENT.mistakes(yaml), yaml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark: {a: b}",
                "lake: [lake]",
                "lake: lake\ncatalog: x",
                "lake: lake\nspark: {a: {b: c}}",
                "lake: lake\nspark: {a: }",
                "lake: lake\nspark: {}",
                "lake: lake\nsecrets: {kv: env}",
                "lake: lake\nsecrets: {kv: {path: /run}}",
                "lake: lake\nsecrets: {kv: {provider: vault}}",
                "lake: lake\nvariables: {number: [6]}"
            })
    void onInvalidEnvironments(String yaml) throws IOException {
        assertNotEquals(List.of(), Verdict.ofEnvironment(yaml, folder), yaml);
        assertNotEquals(List.of(), ENVIRONMENT.mistakes(yaml), yaml);
    }
}
