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
 * A run on a platform from its start to its end. When this process is ended meanwhile, the run is cancelled. While it is
 * being started that waits for the answer, or for what a lost answer left to be found: a start that is cut off would leave
 * a run that nobody knows.
 *
 * @param id the run's name, by which it is found again
 * @param err takes each line that a person reads
 * @param atEnd takes the thread that the process waits for when it is ended, as a shutdown hook
 */
record DeployedRun(String id, PrintWriter err, Consumer<Thread> atEnd) {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** So long a start, and so long a cancelled run, may take before this process ends all the same. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    DeployedRun {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(err, "err");
        Objects.requireNonNull(atEnd, "atEnd");
    }

    /**
     * Starts the run and follows it. What fails is printed here: when the process is being ended, it does not live on to
     * print it later.
     *
     * @return the exit code
     */
    int follow(Supplier<RemoteRun> start) {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread follower = Thread.currentThread();
        atEnd.accept(new Thread(() -> interrupt(follower, started, ended)));
        say("run id " + id);
        try {
            RemoteRun run = start.get();
            started.countDown();
            return new RunWatcher(INTERVAL, time -> Thread.sleep(time.toMillis()), this::say).follow(run);
        } catch (IngotException failed) {
            DiagnosticsPrinter.print(
                    failed.diagnostics().stream().map(this::findable).toList(), err);
            return failed.owner().exitCode();
        } finally {
            started.countDown();
            ended.countDown();
        }
    }

    private void interrupt(Thread follower, CountDownLatch started, CountDownLatch ended) {
        try {
            if (started.getCount() > 0) {
                say("the run is being started; it is cancelled as soon as it is known");
                started.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
            follower.interrupt();
            ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }

    /** Where nobody knows what became of the run, its name finds it. */
    private Diagnostic findable(Diagnostic told) {
        if (told.code() != Code.DEPLOY_UNREACHABLE) {
            return told;
        }
        String remedy = "Repeat with --run-id " + id + ": a run that was started is found, and not started twice.";
        return new Diagnostic(
                told.severity(),
                told.code(),
                told.span(),
                told.summary(),
                told.accepted(),
                told.nearest(),
                (told.remedy() + " " + remedy).strip());
    }
}
