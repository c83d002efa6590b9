package dev.ingot.cli;

import dev.ingot.names.TableId;
import dev.ingot.run.RunListener;
import dev.ingot.run.history.Outcome;
import dev.ingot.run.history.RunReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Prints the progress of a run: on a terminal one line that is redrawn, with the running pipelines, the rows read so
 * far and the seconds; elsewhere a plain line for each finished pipeline.
 */
final class Progress implements RunListener, AutoCloseable {

    private static final long REDRAW_MILLISECONDS = 200;

    private final PrintWriter err;
    private final boolean verbose;
    private final boolean terminal;
    private final Map<TableId, Long> running = new ConcurrentSkipListMap<>();
    private final Map<String, Long> rows = new ConcurrentHashMap<>();
    private final Timer clock = new Timer("ingot-progress", true);
    private SparkSession spark;
    private int total;
    private int done;

    private Progress(PrintWriter err, boolean verbose, boolean terminal) {
        this.err = err;
        this.verbose = verbose;
        this.terminal = terminal;
        if (terminal) {
            TimerTask drawing = new TimerTask() {
                @Override
                public void run() {
                    redraw();
                }
            };
            clock.schedule(drawing, REDRAW_MILLISECONDS, REDRAW_MILLISECONDS);
        }
    }

    /**
     * Creates a progress display on standard error; it is redrawn when that is a terminal and {@code NO_COLOR} is not
     * set.
     */
    static Progress on(PrintWriter err, boolean verbose) {
        boolean terminal = "1".equals(System.getenv("INGOT_TERMINAL")) && System.getenv("NO_COLOR") == null;
        return new Progress(err, verbose, terminal);
    }

    /** Counts the rows that Spark reads for each table. */
    void attach(SparkSession session) {
        spark = session;
        if (terminal) {
            session.sparkContext().addSparkListener(new RowCounter(rows));
        }
    }

    /** Runs a stage; prints its duration in verbose mode. */
    <T> T timed(String stage, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        stageFinished(stage, (System.nanoTime() - start) / 1_000_000);
        return result;
    }

    @Override
    public void planned(List<TableId> pipelines) {
        total = pipelines.size();
    }

    @Override
    public void started(TableId pipeline) {
        running.put(pipeline, System.nanoTime());
        spark.sparkContext().setLocalProperty(RowCounter.TABLE, pipeline.toString());
    }

    @Override
    public synchronized void finished(RunReport.PipelineReport report) {
        running.remove(report.id());
        done++;
        clear();
        err.println(String.format(
                Locale.ROOT,
                "%6s  %-11s  %s%s",
                NumberText.seconds(report.duration()),
                report.outcome().word(),
                report.id(),
                detail(report.outcome())));
        err.flush();
    }

    @Override
    public synchronized void failed(TableId pipeline, Throwable cause) {
        if (verbose) {
            clear();
            err.println("cause of the failure of " + pipeline + ":");
            cause.printStackTrace(err);
            err.flush();
        }
    }

    @Override
    public synchronized void warned(String message) {
        clear();
        err.println("warning  " + message);
        err.flush();
    }

    @Override
    public synchronized void stageFinished(String stage, long milliseconds) {
        if (verbose) {
            clear();
            err.println(
                    String.format(Locale.ROOT, "%6s  %s", NumberText.seconds(Duration.ofMillis(milliseconds)), stage));
            err.flush();
        }
    }

    @Override
    public void close() {
        clock.cancel();
        synchronized (this) {
            clear();
        }
    }

    private static String detail(Outcome outcome) {
        if (outcome instanceof Outcome.Written written) {
            String inputs = written.inputs().values().stream().collect(Collectors.joining(", "));
            return "  " + NumberText.count(written.counts().in(), "row") + " from " + inputs + ", version "
                    + written.after();
        }
        return outcome instanceof Outcome.Skipped skipped ? "  because " + skipped.because() + " failed" : "";
    }

    private synchronized void redraw() {
        if (running.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        String line = running.entrySet().stream()
                .map(entry ->
                        entry.getKey() + " " + rows.getOrDefault(entry.getKey().toString(), 0L) + " rows "
                                + NumberText.seconds(Duration.ofNanos(now - entry.getValue())))
                .collect(Collectors.joining("   "));
        err.print("\r\u001b[K[" + done + "/" + total + "] " + line);
        err.flush();
    }

    private void clear() {
        if (terminal) {
            err.print("\r\u001b[K");
        }
    }
}
