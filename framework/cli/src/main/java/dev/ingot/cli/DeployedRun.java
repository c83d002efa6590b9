package dev.ingot.cli;

import dev.ingot.deploy.RemoteRun;
import dev.ingot.deploy.RunWatcher;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Follows a run on a platform from its start to its end. When this process is terminated meanwhile, the run is
 * cancelled. A termination during the start waits until the platform has answered, or until a run whose answer was lost
 * has been found: an aborted start would leave a run that nobody knows of.
 *
 * @param id the run id, by which the run is found again
 * @param err receives each line for the user
 * @param shutdownHook registers a shutdown hook: a thread that the process waits for when it is terminated
 */
record DeployedRun(String id, PrintWriter err, Consumer<Thread> shutdownHook) {

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);

    /** The time that a start, and a cancelled run, may take before this process exits anyway. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofMinutes(6);

    DeployedRun {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(err, "err");
        Objects.requireNonNull(shutdownHook, "shutdownHook");
    }

    /**
     * Starts the run and follows it. Errors are printed here: a process that is being terminated does not live long
     * enough for the caller to print them.
     *
     * @return the exit code
     */
    int follow(Supplier<RemoteRun> start) {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread follower = Thread.currentThread();
        shutdownHook.accept(new Thread(() -> cancel(follower, started, ended)));
        print("run id " + id);
        try {
            RemoteRun run = start.get();
            started.countDown();
            return new RunWatcher(POLL_INTERVAL, time -> Thread.sleep(time.toMillis()), this::print).follow(run);
        } catch (IngotException failed) {
            DiagnosticsPrinter.print(
                    failed.diagnostics().stream().map(this::withRunId).toList(), err);
            return failed.owner().exitCode();
        } finally {
            started.countDown();
            ended.countDown();
        }
    }

    private void cancel(Thread follower, CountDownLatch started, CountDownLatch ended) {
        try {
            if (started.getCount() > 0) {
                print("the run is starting; it is cancelled as soon as the start is confirmed");
                started.await(SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            }
            follower.interrupt();
            ended.await(SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(String line) {
        err.println(line);
        err.flush();
    }

    /** Adds the run id to the remedy when the outcome of the start is unknown, so that a retry finds the run. */
    private Diagnostic withRunId(Diagnostic diagnostic) {
        if (diagnostic.code() != Code.DEPLOY_UNREACHABLE) {
            return diagnostic;
        }
        String remedy = "Retry with --run-id " + id + ": a run that has started is found and not started twice.";
        return new Diagnostic(
                diagnostic.severity(),
                diagnostic.code(),
                diagnostic.span(),
                diagnostic.summary(),
                diagnostic.accepted(),
                diagnostic.nearest(),
                (diagnostic.remedy() + " " + remedy).strip());
    }
}
