package dev.ingot.transform;

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

@SparkTest
class AggregateTest {

    private Dataset<Row> rows;
    private TestContext context;

    @BeforeEach
    void rows(SparkSession spark) {
        context = TestContext.in(spark);
        rows = spark.sql("SELECT named_struct('code', code) AS airline, km, 'f.csv' AS _source_file"
                + " FROM VALUES ('OS', 1), ('OS', 5), (NULL, 7), ('LH', NULL) AS t(code, km)");
    }

    @Test
    void aggregatesEachGroupIntoOneRow() {
        assertTable(aggregate("""
                aggregate:
                  group_by: [airline.code]
                  measures: {flights: count(*), longest: max(km)}
                """))
                .hasRows(
                        "code STRING, flights BIGINT, longest INT",
                        row("OS", 2L, 5),
                        row(null, 1L, 7),
                        row("LH", 1L, null));
        assertTable(aggregate("""
                aggregate:
                  group_by: airline
                  measures: {flights: count(*)}
                  having: flights > 1 AND airline.code = 'OS'
                """).select("flights")).hasRows("flights BIGINT", row(2L));
    }

    @Test
    void returnsOneRowWithoutGroupsEvenForNoRows() {
        rows = rows.where("false");
        assertTable(aggregate("aggregate: {measures: {flights: count(*)}}")).hasRows("flights BIGINT", row(0L));
        assertTable(aggregate("aggregate: {group_by: km, measures: {flights: count(*)}}"))
                .hasNoRows();
    }

    @Test
    void reportsEachInvalidExpressionAtItsPlace() {
        assertTrue(refusal(() -> aggregate("aggregate: {group_by: [km, kn], measures: {n: count(*)}}"))
                .startsWith("1:28 [UNRESOLVED_COLUMN"));
        String start = "aggregate:\n  group_by: km\n  measures:\n    n: count(*)\n";
        assertTrue(refusal(() -> aggregate(start + "    m: max(kn)")).startsWith("5:8 [UNRESOLVED_COLUMN"));
        assertTrue(refusal(() -> aggregate(start + "    m: airline")).startsWith("5:8 [MISSING_AGGREGATION]"));
        assertTrue(refusal(() -> aggregate(start + "  having: l > 1")).startsWith("5:11 [UNRESOLVED_COLUMN"));
        assertEquals(
                "5:9 both 'km' and 'sum(km)' would be the column 'KM'",
                refusal(() -> aggregate(start + "    KM: sum(km)")));
    }

    @Test
    void requiresMeasures() {
        assertTrue(mistake(Aggregate.Options.class, "aggregate: {group_by: km}").endsWith("it needs 'measures'"));
    }

    private Dataset<Row> aggregate(String yaml) {
        return new Aggregate().apply(rows, options(Aggregate.Options.class, yaml), context);
    }
}
