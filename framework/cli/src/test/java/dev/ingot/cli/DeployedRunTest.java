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

/** The process is ended at every point of a run. */
@Timeout(30)
class DeployedRunTest {

    private static final String STARTING = "the run is being started; it is cancelled as soon as it is known\n";

    private final StringWriter err = new StringWriter();
    private Thread ending;
    private final DeployedRun run = new DeployedRun("r7", new PrintWriter(err, true), hook -> ending = hook);

    /** The interruption that a hook brings may reach this thread at any moment until it has ended. */
    @AfterEach
    void awaitTheHookAndForgetItsInterruption() {
        while (ending.isAlive()) {
            try {
                ending.join();
            } catch (InterruptedException expected) {
                Thread.onSpinWait();
            }
        }
        Thread.interrupted();
    }

    /** The process begins to end, and has told so. */
    private void end() {
        ending.start();
        while (!err.toString().contains(STARTING)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aRunThatIsBeingStartedIsStartedUndisturbedAndThenCancelled() {
        FakeRemoteRun started = new FakeRemoteRun(Phase.RUNNING);

        int code = run.follow(() -> {
            end();
            assertFalse(Thread.currentThread().isInterrupted());
            return started;
        });

        assertEquals(RunWatcher.CANCELLED, code);
        assertEquals(Phase.CANCELLED, started.state().phase());
        assertEquals(
                "run id r7\n" + STARTING + "run 12  https://there/12\nRUNNING\ncancelling\nCANCELLED\n",
                err.toString());
    }

    @Test
    void aRunThatIsFollowedIsCancelled() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        FakeRemoteRun started = new FakeRemoteRun(Phase.RUNNING);
        Thread user = new Thread(() -> {
            try {
                assertTrue(asked.await(20, TimeUnit.SECONDS));
                while (!err.toString().contains("RUNNING")) {
                    Thread.onSpinWait();
                }
                ending.start();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        user.start();

        int code = run.follow(() -> {
            asked.countDown();
            return started;
        });

        user.join();
        assertEquals(RunWatcher.CANCELLED, code);
        assertEquals("run id r7\nrun 12  https://there/12\nRUNNING\ncancelling\nCANCELLED\n", err.toString());
    }

    @Test
    void theProcessEndsAfterItIsToldThatTheStartFailed() {
        Diagnostic lost = Diagnostic.error(Code.DEPLOY_UNREACHABLE, SourceSpan.of("there"), "Cannot start", "");

        int code = run.follow(() -> {
            end();
            throw new IngotException(lost);
        });
        awaitTheHookAndForgetItsInterruption();

        assertEquals(3, code);
        assertEquals("run id r7\n" + STARTING + """
                there  error DEPLOY-005  Cannot start
                    Repeat with --run-id r7: a run that was started is found, and not started twice.
                """, err.toString());
    }

    @Test
    void theNameIsToldAndTheProcessWatchedBeforeAnythingIsStarted() {
        run.follow(() -> {
            assertEquals("run id r7\n", err.toString());
            ending.start();
            return new FakeRemoteRun(RemoteRun.Phase.SUCCEEDED);
        });
    }
}
