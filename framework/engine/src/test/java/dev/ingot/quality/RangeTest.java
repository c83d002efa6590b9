package dev.ingot.quality;

import static dev.ingot.component.Written.mistake;
import static dev.ingot.component.Written.options;
import static dev.ingot.component.Written.refusal;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.TestContext;
import dev.ingot.testkit.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SparkTest
class RangeTest {

    private Dataset<Row> rows;
    private TestContext context;

    @BeforeEach
    void rows(SparkSession spark) {
        context = TestContext.in(spark);
        rows = spark.sql("SELECT id, CAST(id AS DOUBLE) / 10 AS d, CAST(id / 10 AS FLOAT) AS f,"
                + " CAST(id AS DECIMAL(5,2)) AS m, date_add(DATE'2024-01-01', id) AS day,"
                + " timestampadd(HOUR, id, TIMESTAMP'2024-01-01 00:00:00') AS at,"
                + " timestampadd(HOUR, id, TIMESTAMP_NTZ'2024-01-01 00:00:00') AS ntz,"
                + " CAST(id AS STRING) AS text FROM VALUES (1), (2), (3), (NULL) AS t(id)");
    }

    @ParameterizedTest
    @CsvSource({
        "'{column: id, min: 2}', 1",
        "'{column: id, min: 1, max: 2}', 3",
        "'{column: id, max: 1.5}', 23",
        "'{column: id, max: 20000000000000000000000000000000000000}', ''",
        "'{column: id, min: 1, max: 3, inclusive: false}', 13",
        "'{column: d, min: 0.1, max: 0.2}', 3",
        "'{column: f, min: 0.1, max: 0.2}', 3",
        "'{column: m, min: 1e1}', 123",
        "'{column: day, min: 2024-01-03}', 1",
        "'{column: at, max: 2024-01-01 02:00:00}', 3",
        "'{column: at, max: \"2024-01-01T03:00:00+01:00\"}', 3",
        "'{column: at, min: 2024-01-02}', 123",
        "'{column: ntz, min: 2024-01-01T02:30}', 12",
        "'{column: text, max: 1z}', 23"
    })
    void findsValuesOutsideAndLetsNullPass(String range, String expected) {
        StringBuilder violating = new StringBuilder();
        judge("range: " + range)
                .where("bad")
                .orderBy("id")
                .collectAsList()
                .forEach(row -> violating.append(row.get(0)));

        assertEquals(expected, violating.toString());
    }

    @Test
    void treatsNaNAsAViolation(SparkSession spark) {
        rows = spark.sql("SELECT double('NaN') AS id UNION ALL SELECT 1D");
        assertTable(judge("range: {column: id, min: 0}").select("id", "bad"))
                .hasRows("id DOUBLE, bad BOOLEAN", row(Double.NaN, true), row(1.0, false));
    }

    @ParameterizedTest
    @CsvSource({"id, ten", "id, 1e40", "day, 2024-02-30", "at, noon", "ntz, 2024-01-01T00:00:00Z", "f, 1/2"})
    void rejectsBoundsOfAnotherType(String column, String bound) {
        String type = rows.select(column).schema().apply(0).dataType().catalogString();
        assertEquals(
                "1:17 '" + column + "' is of type " + type + ", and '" + bound + "' is not a value of it",
                refusal(() -> judge("range: {column: " + column + ", max: '" + bound + "'}")));
    }

    @Test
    void rejectsMissingColumnsAndMissingBounds() {
        assertTrue(refusal(() -> judge("range: {column: x, min: 1}")).startsWith("1:17 [UNRESOLVED_COLUMN"));
        assertEquals(
                "1:8 Cannot read 'range': it needs 'min', 'max' or both",
                mistake(Range.Options.class, "range: {column: id}"));
    }

    private Dataset<Row> judge(String yaml) {
        return new Range().evaluate(rows, options(Range.Options.class, yaml), "bad", context);
    }
}
