package dev.ingot.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.testkit.SparkTest;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parses printed plans of the Spark version of the build. */
@SparkTest
class ExplainedQueryTest {

    private SparkSession spark;

    @BeforeEach
    void createViews(SparkSession session) {
        spark = session;
        spark.sql("SELECT 1 AS id, 2 AS n, array(1, 2) AS parts WHERE false").createOrReplaceTempView("input");
        spark.sql("SELECT 1 AS id, 'x' AS name").createOrReplaceTempView("names");
    }

    private ExplainedQuery plan(String query) {
        return new ExplainedQuery(
                spark.sql("EXPLAIN EXTENDED SELECT * FROM (\n" + ExplainedQuery.withoutLineBreaks(query) + "\n)")
                        .first()
                        .getString(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT *, n > 1 AS many FROM input WHERE id > 0",
                "SELECT i.*, name FROM input i JOIN names n ON i.id = n.id",
                "SELECT i.*, name FROM input i LEFT JOIN names n ON i.id = n.id",
                "SELECT i.id FROM names n RIGHT JOIN input i ON i.id = n.id",
                "SELECT id, part FROM input LATERAL VIEW explode(parts) AS part",
                "SELECT id, n FROM input UNION ALL SELECT id, -n FROM input",
                "WITH big AS (SELECT * FROM input WHERE n > 1) SELECT id FROM big",
                "SELECT i.*, c FROM input i JOIN (SELECT id, count(*) AS c FROM names GROUP BY id) n ON i.id = n.id",
                "WITH counted AS (SELECT id, count(*) AS c FROM names GROUP BY id) SELECT i.*, c FROM input i JOIN counted"
                        + " USING (id)",
                "SELECT * FROM input i WHERE EXISTS (SELECT 1 FROM names n WHERE n.id = i.id)",
                "SELECT *, (SELECT max(name) FROM names) AS last FROM input"
            })
    void acceptsQueriesThatReadRowByRow(String query) {
        assertEquals(false, plan(query).isAcrossRows(), query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM input",
                "SELECT DISTINCT id FROM input",
                "SELECT id, row_number() OVER (ORDER BY n) FROM input",
                "SELECT id FROM input LIMIT 3",
                "SELECT id FROM input EXCEPT SELECT id FROM names",
                "WITH per AS (SELECT id, sum(n) AS n FROM input GROUP BY id) SELECT * FROM per",
                "WITH a AS (SELECT * FROM input), b AS (SELECT * FROM a) SELECT count(*) FROM b",
                "SELECT a.id FROM input a JOIN input b ON a.n = b.n",
                "SELECT n.id, n.name FROM names n LEFT JOIN input i ON i.id = n.id",
                "SELECT n.id FROM input i RIGHT JOIN names n ON i.id = n.id",
                "SELECT coalesce(i.id, n.id) FROM input i FULL JOIN names n ON i.id = n.id",
                "SELECT id FROM names WHERE id NOT IN (SELECT id FROM input)",
                "SELECT id FROM input UNION ALL SELECT id FROM names",
                "SELECT id, n > (SELECT avg(n) FROM input) AS big FROM input",
                "SELECT id FROM input WHERE n = (SELECT max(n) FROM input)",
                "SELECT id FROM names",
                "SELECT input.id FROM names AS input",
                "SELECT id FROM input ORDER BY id OFFSET 5",
                "SELECT id, concat_ws('\\n', collect_list(n)) FROM input GROUP BY id"
            })
    void detectsQueriesAcrossRows(String query) {
        assertEquals(true, plan(query).isAcrossRows(), query);
    }

    @Test
    void findsTheTablesThatAQueryDoesNotDefine() {
        assertEquals(
                Set.of("default.secret", "input", "other"),
                plan("WITH Mine AS (SELECT id FROM Input) SELECT * FROM mine WHERE id IN (SELECT id FROM default.secret)"
                                + " OR EXISTS (SELECT 1 FROM other)")
                        .tables());
    }
}
