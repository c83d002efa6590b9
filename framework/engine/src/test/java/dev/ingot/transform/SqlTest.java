package dev.ingot.transform;

import static dev.ingot.component.Written.mistake;
import static dev.ingot.component.Written.options;
import static dev.ingot.component.Written.refusal;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.TestContext;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.Expression;
import dev.ingot.options.SqlFile;
import dev.ingot.testkit.SparkTest;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class SqlTest {

    @Test
    void queriesTheRowsSoFarAndTheSources(SparkSession spark) {
        Dataset<Row> rows = spark.sql("SELECT 1 AS id, 20 AS delay");
        TestContext context = TestContext.in(spark).withSource("limits", spark.sql("SELECT 15 AS late"));
        SqlFile file = new SqlFile(new Expression("SELECT count(*) AS n FROM input", new SourceSpan("q.sql", 1, 1)));

        assertTable(new Sql()
                        .apply(
                                rows,
                                options(
                                        Sql.Options.class,
                                        "sql: SELECT id, delay > late AS late FROM input CROSS JOIN limits"),
                                context))
                .hasRows("id INT, late BOOLEAN", row(1, true));
        assertTable(new Sql().apply(rows, new Sql.Options(Optional.empty(), Optional.of(file)), context))
                .hasRows("n BIGINT", row(1L));
        assertTrue(refusal(() -> new Sql()
                        .apply(rows, options(Sql.Options.class, "sql:\n  query: SELECT x FROM input"), context))
                .startsWith("2:10 [UNRESOLVED_COLUMN"));
    }

    @Test
    void requiresEitherAQueryOrAFile() {
        assertEquals("1:6 Cannot read 'sql': it needs either 'query' or 'file'", mistake(Sql.Options.class, "sql: {}"));
    }
}
