package dev.ingot.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class LocalSparkTest {

    @Test
    void sharesOneApplicationAmongSessions(SparkSession spark) {
        SparkSession other = LocalSpark.newSession();

        assertNotSame(spark, other);
        assertSame(spark.sparkContext(), other.sparkContext());
    }

    @Test
    void isolatesSettingsAndViewsOfSessions(SparkSession spark) {
        SparkSession other = LocalSpark.newSession();
        spark.conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
        spark.range(1).createOrReplaceTempView("mine");

        assertEquals("UTC", other.conf().get("spark.sql.session.timeZone"));
        assertEquals(List.of(), List.of(other.sqlContext().tableNames()));
    }

    @Test
    void usesNoUiAndNoHive(SparkSession spark) {
        assertEquals("in-memory", spark.conf().get("spark.sql.catalogImplementation"));
        assertEquals("127.0.0.1", spark.conf().get("spark.driver.host"));
        assertTrue(spark.sparkContext().uiWebUrl().isEmpty());
    }

    @Test
    void appliesTheSettingsOfTheModuleUnderTest(SparkSession spark) {
        assertEquals("from the class path", spark.conf().get("spark.ingot.probe"));
    }
}
