package dev.ingot.component;

import dev.ingot.component.input.PinnedTable;
import dev.ingot.options.TableName;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What a source is given by the engine. */
public interface SourceContext {

    SparkSession spark();

    /** Settings with which Hadoop's file systems are opened. */
    Configuration hadoop();

    /** A path as written in a pipeline, as an absolute address. */
    String address(String written);

    /** The pipeline's own file, as a user knows it. */
    String pipelineFile();

    /** The columns of a table of this lake, as planned; known before the table exists. */
    StructType columnsOf(TableName table);

    /** The keys by which a table of this lake holds one row each; empty when its rows have none. */
    List<String> keysOf(TableName table);

    /** A table of this lake as this run sees it; empty when it has not been built yet. */
    Optional<PinnedTable> find(TableName table);

    /**
     * A table of this lake as this run sees it.
     *
     * @throws dev.ingot.diagnostics.IngotException when the table has not been built yet
     */
    PinnedTable table(TableName table);

    /**
     * Whether a deletion in a table of this lake can reach the pipeline's own: that table's keys come through all steps
     * unchanged and are among the keys here, so that what stems from a row can be found again.
     */
    boolean carriesKeysOf(TableName table);

    /** Tells the user of something that does not stop the run. */
    void warn(String message);

    /** Keeps the rows that meet {@code violated} out of the pipeline, as violations of {@code rule}. */
    Dataset<Row> divert(Dataset<Row> rows, Column violated, String rule);
}
