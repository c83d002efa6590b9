package dev.ingot.transform;

import static dev.ingot.component.Written.options;
import static dev.ingot.component.Written.refusal;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.component.TestContext;
import dev.ingot.testkit.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SparkTest
class UnionTest {

    private Dataset<Row> rows;
    private TestContext context;

    @BeforeEach
    void rows(SparkSession spark) {
        rows = spark.sql("SELECT 1 AS id, 'a' AS name, 'f.csv' AS _source_file");
        context = TestContext.in(spark)
                .withSource("same", spark.sql("SELECT 'a' AS name, 1 AS ID, 'r' AS _run_id"))
                .withSource("wider", spark.sql("SELECT 5000000000 AS id, 'b' AS name, 'g.csv' AS _source_file"))
                .withSource("narrow", spark.sql("SELECT 3 AS id"))
                .withSource("broad", spark.sql("SELECT 4 AS id, 'd' AS name, 'x' AS note"))
                .withSource("text", spark.sql("SELECT '5' AS id, 'e' AS name"));
    }

    @Test
    void appendsRowsByNameAndKeepsDuplicates() {
        assertTable(union("union: [same, wider]"))
                .hasRows(
                        "id BIGINT, name STRING, _source_file STRING",
                        row(1L, "a", "f.csv"),
                        row(1L, "a", null),
                        row(5000000000L, "b", "g.csv"));
    }

    @Test
    void fillsMissingColumnsOnRequestOnly() {
        assertTable(union("union: {with: [narrow, broad], fill_missing: true}"))
                .hasRows(
                        "id INT, name STRING, _source_file STRING, note STRING",
                        row(1, "a", "f.csv", null),
                        row(3, null, null, null),
                        row(4, "d", null, "x"));
        assertEquals(
                "1:15 'narrow' does not have the columns name; with 'fill_missing: true' they are null",
                refusal(() -> union("union: [same, narrow]")));
        assertEquals(
                "1:8 input does not have the columns note; with 'fill_missing: true' they are null",
                refusal(() -> union("union: broad")));
    }

    @Test
    void rejectsTextCombinedWithNumbers() {
        assertEquals(
                "1:8 column 'id' is int in input and string in 'text'; cast one of them",
                refusal(() -> union("union: text")));
    }

    private Dataset<Row> union(String yaml) {
        return new Union().apply(rows, options(Union.Options.class, yaml), context);
    }
}
