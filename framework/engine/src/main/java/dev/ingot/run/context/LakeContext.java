package dev.ingot.run.context;

import dev.ingot.compile.PlannedTables;
import dev.ingot.compile.SparkCompiler;
import dev.ingot.config.Project;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.HadoopSettings;
import dev.ingot.delta.TableSnapshot;
import dev.ingot.names.TableId;
import dev.ingot.session.SessionSettings;
import dev.ingot.state.Lake;
import dev.ingot.state.LakeFiles;
import dev.ingot.state.StateStore;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Ties a lake to the Spark session that reads and writes it, and makes what depends on both.
 *
 * @param hadoop the settings of the file systems on which the lake and its sources are
 */
public record LakeContext(SparkSession spark, Configuration hadoop, Lake lake) {

    public LakeContext {
        Objects.requireNonNull(spark, "spark");
        Objects.requireNonNull(hadoop, "hadoop");
        Objects.requireNonNull(lake, "lake");
    }

    /**
     * Returns the context of a project's lake, with the file system settings of the session.
     *
     * @param spark the session of the application: a derived one lacks the settings that a project added to it
     */
    public static LakeContext of(SparkSession spark, Project project) {
        return new LakeContext(spark, HadoopSettings.of(spark), new Lake(project.lake()));
    }

    /** Returns the same lake with a new session, so that temporary views and session settings do not leak. */
    public LakeContext newSession() {
        return new LakeContext(SessionSettings.newSession(spark), hadoop, lake);
    }

    /** Returns access to the small files of the lake. */
    public LakeFiles files() {
        return new LakeFiles(hadoop);
    }

    /** Returns the records of a pipeline's batches. */
    public StateStore store(TableId pipeline) {
        return new StateStore(files(), lake, pipeline);
    }

    /** Returns a table of the lake at its current version; empty when it does not exist. */
    public Optional<TableSnapshot> find(TableId table) {
        return DeltaTables.find(spark, lake.table(table));
    }

    /**
     * Returns a compiler of plans to datasets.
     *
     * @param warnings receives what does not stop a run
     */
    public SparkCompiler compiler(Project project, PlannedTables tables, Consumer<String> warnings) {
        return new SparkCompiler(spark, hadoop, project, tables, warnings);
    }
}
