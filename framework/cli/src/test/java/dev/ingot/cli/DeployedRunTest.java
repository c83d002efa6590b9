package dev.ingot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.deploy.RemoteRun;
import dev.ingot.deploy.RemoteRun.Phase;
import dev.ingot.deploy.RunWatcher;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Terminates the process at every point of a run. */
@Timeout(30)
class DeployedRunTest {

    private static final String STARTING = "the run is starting; it is cancelled as soon as the start is confirmed\n";

    private final StringWriter err = new StringWriter();
    private Thread hookThread;
    private final DeployedRun run = new DeployedRun("r7", new PrintWriter(err, true), hook -> hookThread = hook);

    /** Waits for the hook: it may interrupt this thread at any moment until it has ended. */
    @AfterEach
    void awaitHookAndClearInterruption() {
        while (hookThread.isAlive()) {
            try {
                hookThread.join();
            } catch (InterruptedException expected) {
                Thread.onSpinWait();
            }
        }
        Thread.interrupted();
    }

    /** Terminates the process, and waits until this has been printed. */
    private void terminate() {
        hookThread.start();
        while (!err.toString().contains(STARTING)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void completesTheStartAndThenCancelsTheRun() {
        FakeRemoteRun remoteRun = new FakeRemoteRun(Phase.RUNNING);

        int code = run.follow(() -> {
            terminate();
            assertFalse(Thread.currentThread().isInterrupted());
            return remoteRun;
        });

        assertEquals(RunWatcher.CANCELLED, code);
        assertEquals(Phase.CANCELLED, remoteRun.state().phase());
        assertEquals(
                "run id r7\n" + STARTING + "run 12  https://there/12\nRUNNING\ncancelling\nCANCELLED\n",
                err.toString());
    }

    @Test
    void cancelsAFollowedRun() throws InterruptedException {
        CountDownLatch starting = new CountDownLatch(1);
        FakeRemoteRun remoteRun = new FakeRemoteRun(Phase.RUNNING);
        Thread user = new Thread(() -> {
            try {
                assertTrue(starting.await(20, TimeUnit.SECONDS));
                while (!err.toString().contains("RUNNING")) {
                    Thread.onSpinWait();
                }
                hookThread.start();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        user.start();

        int code = run.follow(() -> {
            starting.countDown();
            return remoteRun;
        });

        user.join();
        assertEquals(RunWatcher.CANCELLED, code);
        assertEquals("run id r7\nrun 12  https://there/12\nRUNNING\ncancelling\nCANCELLED\n", err.toString());
    }

    @Test
    void printsAFailedStartBeforeTheProcessExits() {
        Diagnostic lost = Diagnostic.error(Code.DEPLOY_UNREACHABLE, SourceSpan.of("there"), "Cannot start", "");

        int code = run.follow(() -> {
            terminate();
            throw new IngotException(lost);
        });
        awaitHookAndClearInterruption();

        assertEquals(3, code);
        assertEquals("run id r7\n" + STARTING + """
                there  error DEPLOY-005  Cannot start
                    Retry with --run-id r7: a run that has started is found and not started twice.
                """, err.toString());
    }

    @Test
    void printsTheRunIdAndRegistersTheHookBeforeTheStart() {
        run.follow(() -> {
            assertEquals("run id r7\n", err.toString());
            hookThread.start();
            return new FakeRemoteRun(RemoteRun.Phase.SUCCEEDED);
        });
    }
}
