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

/** Provides a source with the services of the engine. */
public interface SourceContext {

    SparkSession spark();

    /** Returns the configuration for Hadoop's file systems. */
    Configuration hadoop();

    /** Resolves a path as written in a pipeline to an absolute address. */
    String address(String path);

    /** Returns the pipeline's file as shown to users, relative to the project. */
    String pipelineFile();

    /** Returns the planned columns of a table of this lake; the table need not exist yet. */
    StructType columnsOf(TableName table);

    /** Returns the columns that are unique in a table of this lake; empty when it has no keys. */
    List<String> keysOf(TableName table);

    /** Returns a table of this lake at the version that this run reads; empty when it has not been built yet. */
    Optional<PinnedTable> find(TableName table);

    /**
     * Returns a table of this lake at the version that this run reads.
     *
     * @throws dev.ingot.diagnostics.IngotException when the table has not been built yet
     */
    PinnedTable table(TableName table);

    /**
     * Returns whether deletions in a table of this lake can be propagated to the pipeline's table: all steps preserve that
     * table's keys, and they are among the keys here, so that the rows derived from a deleted row can be found.
     */
    boolean carriesKeysOf(TableName table);

    /** Reports a warning to the user; the run continues. */
    void warn(String message);

    /** Diverts the rows that meet {@code violated} from the pipeline, as violations of {@code rule}. */
    Dataset<Row> divert(Dataset<Row> rows, Column violated, String rule);
}
