package dev.ingot.transform;

import static dev.ingot.component.Written.options;
import static dev.ingot.component.Written.refusal;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.TestContext;
import dev.ingot.testkit.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SparkTest
class DeduplicateTest {

    private Dataset<Row> rows;
    private TestContext context;

    @BeforeEach
    void rows(SparkSession spark) {
        context = TestContext.in(spark);
        rows = spark.sql("SELECT * FROM VALUES (1, 1, 'a'), (1, 2, 'b'), (1, 2, 'b'), (2, NULL, 'c')"
                + " AS t(id, version, name)");
    }

    @Test
    void keepsTheNewestRowOfEachKey() {
        assertTable(deduplicate("deduplicate: {keys: [id], keep_latest_by: [version]}"))
                .hasRows("id INT, version INT, name STRING", row(1, 2, "b"), row(2, null, "c"));
    }

    @Test
    void keepsOneRowWithoutAnOrder() {
        assertTable(deduplicate("deduplicate: [id, version]"))
                .hasRows("id INT, version INT, name STRING", row(1, 1, "a"), row(1, 2, "b"), row(2, null, "c"));
    }

    @Test
    void rejectsMissingColumns() {
        assertTrue(refusal(() -> deduplicate("deduplicate: [idd]")).startsWith("1:15 [UNRESOLVED_COLUMN"));
        assertTrue(refusal(() -> deduplicate("deduplicate: {keys: [id], keep_latest_by: [at]}"))
                .startsWith("1:44 [UNRESOLVED_COLUMN"));
    }

    private Dataset<Row> deduplicate(String yaml) {
        return new Deduplicate().apply(rows, options(Deduplicate.Options.class, yaml), context);
    }
}
