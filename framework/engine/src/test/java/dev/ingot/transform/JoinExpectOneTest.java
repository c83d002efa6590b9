package dev.ingot.transform;

import static dev.ingot.component.Written.options;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.TestContext;
import dev.ingot.testkit.SparkTest;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@code expect: one} in both its forms: by keys, and by numbered rows if the condition has no keys. */
@SparkTest
class JoinExpectOneTest {

    private static final String BY_KEY = "input.k = s.k";
    private static final String BY_ROW = "input.k <=> s.k AND s.v > 0";

    private SparkSession spark;

    @BeforeEach
    void session(SparkSession session) {
        spark = session;
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_KEY, BY_ROW})
    void acceptsSingleMatches(String condition) {
        String source = "(1, 10), (8, 80), (8, 81), (NULL, 90)";

        assertTable(join("left", condition, "(1), (1), (2)", source))
                .hasRows("k INT, v INT", row(1, 10), row(1, 10), row(2, null));
        assertTable(join("inner", condition, "(1), (2)", source)).hasRows("k INT, v INT", row(1, 10));
        assertTable(join("full", condition, "(1), (2)", source).where("k IS NULL"))
                .hasRows("k INT, v INT", row(null, 80), row(null, 81), row(null, 90));
        assertTable(join("right", condition, "(1)", source)).hasCount(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_KEY, BY_ROW})
    void failsAtASecondMatch(String condition) {
        for (String type : List.of("left", "inner", "right", "full")) {
            Dataset<Row> pruned =
                    join(type, condition, "(1), (8)", "(8, 80), (8, 81)").select("k");
            assertEquals(
                    "test.yml:2:9: a row has more than one match in 's', and 'expect: one' allows one",
                    failureOf(pruned),
                    type);
        }
    }

    @Test
    void countsMatchesWhereTypesDiffer() {
        Dataset<Row> joined = join("left", BY_KEY, "(1)", "('1', 10), ('01', 11)");

        assertTrue(failureOf(joined).contains("more than one match"));
    }

    @Test
    void readsKeysFromEqualitiesOnly() {
        assertEquals(
                new JoinKeys(List.of("a", "b c"), List.of("x", "y")),
                JoinKeys.of(" input.a = s.x and S.y=`Input`.`b c`", "s").orElseThrow());
        for (String other : List.of(
                "input.a = s.x OR input.b = s.y",
                "input.a = s.x AND s.y > 0",
                "NOT input.a = s.x",
                "input.a <=> s.x",
                "input.a = t.x",
                "a = x",
                "lower(input.a) = s.x",
                "input.a = input.b")) {
            assertTrue(JoinKeys.of(other, "s").isEmpty(), other);
        }
    }

    private Dataset<Row> join(String type, String condition, String rows, String source) {
        Dataset<Row> lookup = spark.sql("SELECT * FROM VALUES " + source + " AS t(k, v)");
        Join.Options options = options(Join.Options.class, """
                join:
                  with: s
                  condition: %s
                  columns: [v]
                  type: %s
                  expect: one
                """.formatted(condition, type));
        return new Join()
                .apply(
                        spark.sql("SELECT * FROM VALUES " + rows + " AS t(k)"),
                        options,
                        TestContext.in(spark).withSource("s", lookup));
    }

    /** Returns the message with which a job fails, without what Spark adds around it. */
    private static String failureOf(Dataset<Row> rows) {
        Throwable cause = assertThrows(Exception.class, rows::collectAsList);
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage().replaceAll("^\\[USER_RAISED_EXCEPTION] | SQLSTATE: \\w+$", "");
    }
}
