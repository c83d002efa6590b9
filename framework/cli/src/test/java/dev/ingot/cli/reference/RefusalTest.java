package dev.ingot.cli.reference;

import static dev.ingot.cli.reference.Documents.CATALOG;
import static dev.ingot.cli.reference.Documents.withKeys;
import static dev.ingot.cli.reference.Documents.withRule;
import static dev.ingot.cli.reference.Documents.withSource;
import static dev.ingot.cli.reference.Documents.withStep;
import static dev.ingot.cli.reference.Documents.withTarget;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that an editor can show where a pipeline is wrong, and why. */
class RefusalTest {

    private static final SchemaCheck PIPELINE = SchemaCheck.of(Schemas.pipeline(CATALOG));

    static Stream<Arguments> mistakes() {
        String unknown = " is not defined in the schema and the schema does not allow additional properties";
        String two = "must be valid to one and only one schema, but 2 are valid";
        return Stream.of(
                Arguments.of(withKeys("nmae: flights"), "$: property 'nmae'" + unknown),
                Arguments.of(withKeys("owner: me"), "$: required property 'name' not found"),
                Arguments.of(withKeys("name: Late Flights"), "$.name: does not match the regex pattern"),
                Arguments.of(withKeys("name: flights\nsources: {x: {table: bronze.a}}"), "$: " + two),
                Arguments.of(
                        "name: a\nsources: {x: {table: bronze.a}, y: {table: bronze.b}}\ntarget: {layer: silver}",
                        "$: required property 'input' not found"),
                Arguments.of(withSource("table: flights"), "$.source.table: does not match the regex pattern"),
                Arguments.of(withSource("table: bronze.a\nrows: [{a: 1}]"), "$.source: " + two),
                Arguments.of(
                        withSource("files: {path: landing, format: xlsx}"),
                        "$.source.files.format: does not have a value in the enumeration [\"csv\", \"json\", \"parquet\"]"),
                Arguments.of(withStep("filtr: a > 0"), "$.transformations[0]: property 'filtr'" + unknown),
                Arguments.of(withStep("filter: a > 0\ndrop: [a]"), "$.transformations[0]: " + two),
                Arguments.of(
                        withStep("filter: a > 0\non_violation: drop"),
                        "$.transformations[0].on_violation: string found, null expected"),
                Arguments.of(
                        withStep("filter: a > ${var:x}"),
                        "$.transformations[0].filter: must not be valid to the schema"),
                Arguments.of(
                        withStep("deduplicate: {key: [a]}"),
                        "$.transformations[0].deduplicate: property 'key'" + unknown),
                Arguments.of(
                        withStep("explode: {column: a, outer: maybe}"),
                        "$.transformations[0].explode.outer: string found, boolean expected"),
                Arguments.of(
                        withRule("unique: [a]\non_violation: quarantine"),
                        "$.quality[0].on_violation: does not have a value in the enumeration [\"warn\", \"fail\"]"),
                Arguments.of(withRule("row_count: {}"), "$.quality[0].row_count: must have at least 1 properties"),
                Arguments.of(withRule("not_null: []"), "$.quality[0].not_null: must have at least 1 items but found 0"),
                Arguments.of(
                        withRule("not_null: [a]\nmax_violations: most"),
                        "$.quality[0].max_violations: string found, integer expected"),
                Arguments.of(
                        withTarget("{layer: silver, mode: upsert}"),
                        "$.target.mode: does not have a value in the enumeration"),
                Arguments.of(
                        withTarget("{layer: silver, mode: merge}"), "$.target: required property 'keys' not found"),
                Arguments.of(
                        withTarget("{layer: silver, mode: append, keys: [a]}"), "$.target: property 'keys'" + unknown),
                Arguments.of(
                        withTarget("{layer: silver, columns: [{name: a}]}"),
                        "$.target.columns[0]: required property 'type' not found"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void reportsPlaceAndReason(String yaml, String mistake) {
        List<String> messages = PIPELINE.mistakes(yaml);

        assertTrue(messages.stream().anyMatch(text -> text.startsWith(mistake)), () -> messages + "\n" + yaml);
    }
}
