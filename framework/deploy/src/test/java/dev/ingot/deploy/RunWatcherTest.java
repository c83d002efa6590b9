package dev.ingot.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.deploy.RemoteRun.Phase;
import dev.ingot.deploy.RemoteRun.State;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Polls scripted runs without waiting. */
class RunWatcherTest {

    private static final Response WAITING = () -> new State(Phase.WAITING, "QUEUED", List.of());
    private static final Response RUNNING = () -> new State(Phase.RUNNING, "RUNNING", List.of());
    private static final Response DONE = () -> new State(Phase.SUCCEEDED, "DONE", List.of());
    private static final Response FAILED = () -> new State(Phase.FAILED, "FAILED", List.of("task a: broken"));
    private static final Response CANCELLED = () -> new State(Phase.CANCELLED, "CANCELED", List.of());
    private static final Response UNREACHABLE = failing(Code.DEPLOY_UNREACHABLE);

    private final List<String> lines = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private int interruptAt = -1;

    /** The response to one poll. */
    private interface Response extends Supplier<State> {}

    /** A run that returns scripted states, one for each poll; the last one repeats. */
    private static final class ScriptedRun implements RemoteRun {

        private final List<Response> script;
        private int polls;
        private int cancelled;

        ScriptedRun(Response... script) {
            this.script = List.of(script);
        }

        @Override
        public String id() {
            return "7";
        }

        @Override
        public String page() {
            return "https://there/7";
        }

        @Override
        public State state() {
            return script.get(Math.min(polls++, script.size() - 1)).get();
        }

        @Override
        public void cancel() {
            cancelled++;
        }
    }

    @Test
    void printsThePageAndThenEachChangeOfState() {
        assertEquals(0, follow(new ScriptedRun(WAITING, WAITING, RUNNING, RUNNING, DONE)));
        assertEquals(List.of("run 7  https://there/7", "QUEUED", "RUNNING", "DONE"), lines);
        assertEquals(Collections.nCopies(4, Duration.ofSeconds(10)), pauses);
    }

    @Test
    void printsTheErrorsOfAFailedRun() {
        assertEquals(1, follow(new ScriptedRun(RUNNING, FAILED)));
        assertEquals(List.of("run 7  https://there/7", "RUNNING", "FAILED", "task a: broken"), lines);
    }

    @Test
    void continuesAfterAFailedPoll() {
        assertEquals(0, follow(new ScriptedRun(RUNNING, UNREACHABLE, UNREACHABLE, DONE)));
        assertEquals(List.of("run 7  https://there/7", "RUNNING", "DONE"), lines);
    }

    @Test
    void stopsAfterTooManyFailedPollsAndAtOnceWhenDenied() {
        ScriptedRun unreachable = new ScriptedRun(RUNNING, UNREACHABLE);
        assertThrows(IngotException.class, () -> follow(unreachable));
        assertEquals(1 + RunWatcher.MAX_FAILED_POLLS, unreachable.polls);

        ScriptedRun denied = new ScriptedRun(RUNNING, failing(Code.DEPLOY_DENIED));
        assertThrows(IngotException.class, () -> follow(denied));
        assertEquals(2, denied.polls);
    }

    @Test
    void cancelsTheRunWhenInterruptedAndWaitsForItsEnd() {
        interruptAt = 1;
        ScriptedRun run = new ScriptedRun(RUNNING, RUNNING, RUNNING, CANCELLED);

        assertEquals(130, follow(run));
        assertEquals(1, run.cancelled);
        assertEquals(List.of("run 7  https://there/7", "RUNNING", "cancelling", "RUNNING", "CANCELED"), lines);
    }

    @Test
    void reportsSuccessOfARunThatEndsBeforeItsCancellation() {
        interruptAt = 0;

        assertEquals(0, follow(new ScriptedRun(RUNNING, DONE)));
    }

    @Test
    void failsWhenACancelledRunDoesNotEnd() {
        interruptAt = 0;
        ScriptedRun run = new ScriptedRun(RUNNING);

        IngotException failure = assertThrows(IngotException.class, () -> follow(run));
        assertEquals(
                "https://there/7  error DEPLOY-005  Cannot confirm the end of the run 7: cancellation was requested,"
                        + " but it has not ended yet\n"
                        + "    Open its page and cancel it there.",
                failure.getMessage());
        assertEquals(1 + RunWatcher.MAX_POLLS_AFTER_CANCEL, run.polls);
    }

    private int follow(RemoteRun run) {
        RunWatcher.Pause pause = time -> {
            if (pauses.size() == interruptAt) {
                interruptAt = -1;
                throw new InterruptedException();
            }
            pauses.add(time);
        };
        return new RunWatcher(Duration.ofSeconds(10), pause, lines::add).follow(run);
    }

    private static Response failing(Code code) {
        return () -> {
            throw new IngotException(Diagnostic.error(code, SourceSpan.of("there"), "Cannot read: no", ""));
        };
    }
}
