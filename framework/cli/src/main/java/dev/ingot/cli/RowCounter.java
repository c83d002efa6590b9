package dev.ingot.cli;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts the rows that tasks read, by table. Used only for the progress display on a terminal. */
final class RowCounter extends SparkListener {

    /** The Spark local property with the table that a thread works on. */
    static final String TABLE = "ingot.table";

    private final Map<Integer, String> stages = new ConcurrentHashMap<>();
    private final Map<String, Long> rows;

    RowCounter(Map<String, Long> rows) {
        this.rows = rows;
    }

    @Override
    public void onJobStart(SparkListenerJobStart job) {
        String table = job.properties() == null ? null : job.properties().getProperty(TABLE);
        if (table != null) {
            job.stageInfos().foreach(stage -> stages.put(stage.stageId(), table));
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        String table = stages.get(task.stageId());
        if (table != null && task.taskMetrics() != null) {
            rows.merge(table, task.taskMetrics().inputMetrics().recordsRead(), Long::sum);
        }
    }
}
