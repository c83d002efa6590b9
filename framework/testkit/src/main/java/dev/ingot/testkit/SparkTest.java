package dev.ingot.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class that needs Spark. Its methods may have parameters of the types
 * {@link org.apache.spark.sql.SparkSession} and {@link TemporaryLake}; both are new for each test, and the lake's
 * folder is deleted after it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SparkExtension.class)
@Tag("spark")
public @interface SparkTest {}
