package dev.ingot.quality;

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
import org.junit.jupiter.api.Test;

@SparkTest
class NotNullTest {

    @Test
    void findsRowsWithANullInAnyOfTheColumns(SparkSession spark) {
        TestContext context = TestContext.in(spark);
        Dataset<Row> rows =
                spark.sql("SELECT id, named_struct('b', b) AS s FROM VALUES (1, 1), (2, NULL), (NULL, 3) AS t(id, b)");

        assertTable(new NotNull()
                        .evaluate(rows, options(NotNull.Options.class, "not_null: [id, s.b]"), "bad", context)
                        .select("id", "bad"))
                .hasRows("id INT, bad BOOLEAN", row(1, false), row(2, true), row(null, true));
        assertTrue(refusal(() -> new NotNull()
                        .evaluate(rows, options(NotNull.Options.class, "not_null: [id, b]"), "bad", context))
                .startsWith("1:16 [UNRESOLVED_COLUMN"));
    }
}
