package dev.ingot.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.diagnostics.IngotException;
import dev.ingot.state.Lake;
import dev.ingot.testkit.SparkTest;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which log store settings are refused for a lake. */
@SparkTest
class LogStoresTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/lake", "file:/lake", "s3a://lake", "abfss://lake@a.dfs.core.windows.net", "hdfs://h/lake"})
    void acceptsTheDefaultsOfDelta(String lake, SparkSession spark) {
        assertDoesNotThrow(() -> LogStores.check(spark, new Lake(lake)));
    }

    @ParameterizedTest
    @CsvSource({
        "s3a,   io.delta.storage.HDFSLogStore",
        "s3a,   org.apache.spark.sql.delta.storage.AzureLogStore",
        "abfss, io.delta.storage.S3SingleDriverLogStore",
        "hdfs,  io.delta.storage.S3SingleDriverLogStore",
        "hdfs,  dev.ingot.state.LocalLogStore"
    })
    void refusesALogStoreForOtherStorage(String scheme, String store, SparkSession spark) {
        String setting = "spark.delta.logStore." + scheme + ".impl";
        spark.conf().set(setting, store);
        String refused = assertThrows(IngotException.class, () -> LogStores.check(spark, new Lake(scheme + "://lake")))
                .getMessage();

        assertEquals(
                scheme + "://lake  error ENV-004  Cannot write to a lake on '" + scheme
                        + "': Spark was started with the log store " + store + ", which is not safe for this storage\n"
                        + "    Start Spark without " + setting
                        + " and spark.delta.logStore.class: Delta chooses the right"
                        + " log store by default.",
                refused);
    }

    @ParameterizedTest
    @CsvSource({
        "s3a, io.delta.storage.S3DynamoDBLogStore",
        "s3a, com.example.TheirLogStore",
        "mortal, io.delta.storage.HDFSLogStore"
    })
    void acceptsASuitableOrUnknownLogStore(String scheme, String store, SparkSession spark) {
        spark.conf().set("spark.delta.logStore." + scheme + ".impl", store);

        assertDoesNotThrow(() -> LogStores.check(spark, new Lake(scheme + "://lake")));
    }

    @Test
    void refusesAnUntestedStorage(SparkSession spark) {
        String refused = assertThrows(IngotException.class, () -> LogStores.check(spark, new Lake("gs://lake")))
                .getMessage();

        assertEquals(
                "gs://lake  error ENV-004  Cannot write to a lake on 'gs': it is untested whether concurrent creation"
                        + " of a file is atomic there\n    Use a lake on a local disk, HDFS, S3 or Azure.",
                refused);
    }

    @Test
    void requiresTheLocalLogStoreForALocalLake(SparkSession spark) {
        spark.conf().set(LogStores.LOCAL_SETTING, "io.delta.storage.HDFSLogStore");
        String refused = assertThrows(IngotException.class, () -> LogStores.check(spark, new Lake("/lake")))
                .getMessage();

        assertEquals(
                "/lake  error ENV-004  Cannot write to a local lake: Spark was started without a log store that is safe"
                        + " for concurrent processes\n    Start Spark with --conf spark.delta.logStore.file.impl="
                        + "dev.ingot.state.LocalLogStore",
                refused);
    }
}
