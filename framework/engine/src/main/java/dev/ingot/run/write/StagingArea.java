package dev.ingot.run.write;

import dev.ingot.state.BatchRecord;
import dev.ingot.state.LakeFiles;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where the checked rows of one attempt at a batch lie until they are written. No two attempts share a place. */
public final class StagingArea {

    private final SparkSession spark;
    private final LakeFiles files;
    private final String folder;

    /**
     * A place for a batch.
     *
     * @param pipeline the folder of all stages of its pipeline
     */
    public StagingArea(SparkSession spark, LakeFiles files, String pipeline, BatchRecord batch) {
        this.spark = spark;
        this.files = files;
        this.folder = pipeline + "/" + batch.number() + "-" + UUID.randomUUID();
    }

    /** Computes rows once, and gives them back to be read many times. */
    Dataset<Row> set(String name, Dataset<Row> rows) {
        String place = folder + "/" + name;
        rows.write().parquet(place);
        return spark.read().schema(rows.schema()).parquet(place);
    }

    /** How much the rows set under a name take, in bytes. */
    long bytes(String name) {
        return files.bytes(folder + "/" + name);
    }

    void delete() {
        files.delete(folder);
    }
}
