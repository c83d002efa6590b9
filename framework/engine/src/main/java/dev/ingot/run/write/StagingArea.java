package dev.ingot.run.write;

import dev.ingot.names.TableId;
import dev.ingot.run.context.LakeContext;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.LakeFiles;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Stores the checked rows of one attempt at a batch until the commit. No two attempts share a folder. */
public final class StagingArea {

    private final SparkSession spark;
    private final LakeFiles files;
    private final String folder;

    public StagingArea(LakeContext context, TableId pipeline, BatchRecord batch) {
        this.spark = context.spark();
        this.files = context.files();
        this.folder = context.lake().stagingArea(pipeline) + "/" + batch.number() + "-" + UUID.randomUUID();
    }

    /** Computes rows once and returns them as stored, to be read many times. */
    Dataset<Row> store(String name, Dataset<Row> rows) {
        String place = folder + "/" + name;
        rows.write().parquet(place);
        return spark.read().schema(rows.schema()).parquet(place);
    }

    /** Returns the size in bytes of the rows stored under a name. */
    long bytes(String name) {
        return files.bytes(folder + "/" + name);
    }

    void delete() {
        files.delete(folder);
    }
}
