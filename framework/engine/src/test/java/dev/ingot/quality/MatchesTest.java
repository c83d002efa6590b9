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
import org.junit.jupiter.api.Test;

@SparkTest
class MatchesTest {

    @Test
    void findsValuesThatDoNotMatchAndLetsNullPass(SparkSession spark) {
        TestContext context = TestContext.in(spark);
        Dataset<Row> rows =
                spark.sql("SELECT * FROM VALUES ('ab', 12, array(1)), ('abc', 123, NULL), (NULL, NULL, NULL)"
                        + " AS t(code, n, list)");

        assertTable(judge("matches: {column: code, pattern: '^[a-z]{2}$'}", rows, context))
                .hasRows("code STRING", row("abc"));
        assertTable(judge("matches: {column: code, pattern: c}", rows, context)).hasRows("code STRING", row("ab"));
        assertTable(judge("matches: {column: n, pattern: '^\\d{3}$'}", rows, context))
                .hasRows("code STRING", row("ab"));
        assertTrue(refusal(() -> judge("matches: {column: x, pattern: c}", rows, context))
                .startsWith("1:19 [UNRESOLVED_COLUMN"));
        assertTrue(refusal(() -> judge("matches: {column: list, pattern: c}", rows, context))
                .startsWith("1:19 [DATATYPE_MISMATCH"));
    }

    @Test
    void rejectsAnInvalidPattern() {
        assertEquals(
                "1:10 Cannot read 'matches': 'pattern' is not a regular expression: Unclosed character class at character 3",
                mistake(Matches.Options.class, "matches: {column: code, pattern: 'a[b'}"));
    }

    private static Dataset<Row> judge(String yaml, Dataset<Row> rows, TestContext context) {
        return new Matches()
                .evaluate(rows, options(Matches.Options.class, yaml), "bad", context)
                .where("bad")
                .select("code");
    }
}
