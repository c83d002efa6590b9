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
class JoinTest {

    private Dataset<Row> rows;
    private TestContext context;

    @BeforeEach
    void rows(SparkSession spark) {
        rows = spark.sql("SELECT * FROM VALUES (1, 'VIE', 'f'), (2, 'XXX', 'f'), (3, NULL, 'f')"
                + " AS t(id, iata, _source_file)");
        Dataset<Row> airports = spark.sql("SELECT * FROM VALUES ('VIE', 'Vienna', 1, 'g'), ('JFK', 'New York', 2, 'g')"
                + " AS t(iata, city, id, _source_file)");
        context = TestContext.in(spark).withSource("airports", airports);
    }

    @Test
    void addsTheListedColumns() {
        assertTable(join("""
                join:
                  with: airports
                  condition: input.iata = airports.iata
                  columns: [city, id AS airport_id, upper(city) AS name]
                """))
                .hasRows(
                        "id INT, iata STRING, _source_file STRING, city STRING, airport_id INT, name STRING",
                        row(1, "VIE", "f", "Vienna", 1, "VIENNA"),
                        row(2, "XXX", "f", null, null, null),
                        row(3, null, "f", null, null, null));
    }

    @Test
    void addsAllButTechnicalColumnsAndCoalescesKeys(SparkSession spark) {
        context.withSource(
                "airports",
                context.source(options(Join.Options.class, "join: {with: airports, using: iata}")
                                .with())
                        .drop("id"));
        assertTable(join("join: {with: airports, using: [iata], type: full}"))
                .hasRows(
                        "id INT, iata STRING, _source_file STRING, city STRING",
                        row(1, "VIE", "f", "Vienna"),
                        row(2, "XXX", "f", null),
                        row(3, null, "f", null),
                        row(null, "JFK", null, "New York"));
    }

    @Test
    void joinsByEachType() {
        assertTable(join("join: {with: airports, using: iata, type: left_semi}"))
                .hasRows("id INT, iata STRING, _source_file STRING", row(1, "VIE", "f"));
        assertTable(join("join: {with: airports, using: iata, type: left_anti}").select("id"))
                .hasRows("id INT", row(2), row(3));
        assertTable(join("join: {with: airports, using: iata, type: inner, columns: city}")
                        .select("id", "city"))
                .hasRows("id INT, city STRING", row(1, "Vienna"));
        assertTable(join("join: {with: airports, using: iata, type: right, columns: city}")
                        .select("id", "iata"))
                .hasRows("id INT, iata STRING", row(1, "VIE"), row(null, "JFK"));
    }

    @Test
    void joinsEveryMatchAndJoinsTheInputToItself(SparkSession spark) {
        context.withSource("own", rows.drop("id"))
                .withSource("twice", spark.sql("SELECT * FROM VALUES ('VIE', 1), ('VIE', 2) AS t(iata, n)"));

        assertTable(join("join: {with: own, condition: input.iata = own.iata, columns: [iata AS found]}")
                        .select("id", "found"))
                .hasRows("id INT, found STRING", row(1, "VIE"), row(2, "XXX"), row(3, null));
        assertTable(join("join: {with: twice, using: iata, type: inner}").select("id", "n"))
                .hasRows("id INT, n INT", row(1, 1), row(1, 2));
    }

    @Test
    void rejectsTheSameNameOnBothSides() {
        assertEquals(
                "1:14 both 'input.id' and 'airports.id' would be the column 'id'",
                refusal(() -> join("join: {with: airports, using: iata}")));
        assertEquals(
                "1:46 both 'input.id' and 'airports.city AS ID' would be the column 'ID'",
                refusal(() -> join("join: {with: airports, using: iata, columns: city AS ID}")));
    }

    @Test
    void rejectsMissingColumns() {
        String has = "the source 'airports' has only the columns iata, city, id, _source_file";
        assertEquals("1:53 " + has, refusal(() -> join("join: {with: airports, using: iata, columns: [city, town]}")));
        rows = rows.withColumnRenamed("id", "key");
        assertEquals("1:31 " + has, refusal(() -> join("join: {with: airports, using: key}")));
        assertTrue(refusal(() -> join("join: {with: airports, using: code}")).startsWith("1:31 [UNRESOLVED_COLUMN"));
        assertTrue(refusal(() -> join("join:\n  with: airports\n  condition: input.iata = airports.code"))
                .startsWith("3:14 [UNRESOLVED_COLUMN"));
    }

    @Test
    void rejectsContradictoryOptions() {
        assertEquals(
                "1:7 Cannot read 'join': it needs either 'condition' or 'using'",
                mistake(Join.Options.class, "join: {with: airports}"));
        assertEquals(
                "1:7 Cannot read 'join': it needs either 'condition' or 'using'",
                mistake(Join.Options.class, "join: {with: airports, using: iata, condition: input.id = 1}"));
        assertEquals(
                "1:7 Cannot read 'join': a join of this type adds no columns, so 'columns' has no effect",
                mistake(Join.Options.class, "join: {with: airports, using: iata, type: left_semi, columns: city}"));
    }

    private Dataset<Row> join(String yaml) {
        return new Join().apply(rows, options(Join.Options.class, yaml), context);
    }
}
