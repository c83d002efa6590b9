package dev.ingot.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@SparkTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SparkExtensionTest {

    private static Path firstRoot;
    private static SparkSession firstSession;

    private TemporaryLake lakeOfSetUp;

    @BeforeEach
    void setUp(TemporaryLake lake) {
        lakeOfSetUp = lake;
    }

    @Test
    @Order(1)
    void sharesLakeAndSessionWithTheSetUp(TemporaryLake lake, SparkSession spark) {
        assertSame(lakeOfSetUp, lake);
        assertSame(spark, SparkSession.active());

        firstRoot = lake.root();
        firstSession = spark;
        spark.range(3).write().format("delta").save(lake.path("bronze/numbers").toString());
        assertTrue(Files.exists(firstRoot));
    }

    @Test
    @Order(2)
    void createsNewLakeAndSessionInTheSameApplication(TemporaryLake lake, SparkSession spark) {
        assertNotEquals(firstRoot, lake.root());
        assertFalse(Files.exists(firstRoot));
        assertNotSame(firstSession, spark);
        assertEquals(3, spark.range(3).count());
    }
}
