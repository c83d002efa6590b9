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

/** Runs are followed to their ends without any time passing. */
class RunWatcherTest {

    private static final Answer WAITING = () -> new State(Phase.WAITING, "QUEUED", List.of());
    private static final Answer RUNNING = () -> new State(Phase.RUNNING, "RUNNING", List.of());
    private static final Answer DONE = () -> new State(Phase.SUCCEEDED, "DONE", List.of());
    private static final Answer FAILED = () -> new State(Phase.FAILED, "FAILED", List.of("task a: broken"));
    private static final Answer CANCELLED = () -> new State(Phase.CANCELLED, "CANCELED", List.of());
    private static final Answer SILENT = refusal(Code.DEPLOY_UNREACHABLE);

    private final List<String> lines = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private int interruptAt = -1;

    /** What a run says of itself when it is asked. */
    private interface Answer extends Supplier<State> {}

    /** A run that stands as is said, one question after the other; the last answer stays. */
    private static final class ScriptedRun implements RemoteRun {

        private final List<Answer> script;
        private int asked;
        private int cancelled;

        ScriptedRun(Answer... script) {
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
            return script.get(Math.min(asked++, script.size() - 1)).get();
        }

        @Override
        public void cancel() {
            cancelled++;
        }
    }

    @Test
    void thePageComesFirstAndEachChangeHasOneLine() {
        assertEquals(0, follow(new ScriptedRun(WAITING, WAITING, RUNNING, RUNNING, DONE)));
        assertEquals(List.of("run 7  https://there/7", "QUEUED", "RUNNING", "DONE"), lines);
        assertEquals(Collections.nCopies(4, Duration.ofSeconds(10)), pauses);
    }

    @Test
    void aFailureIsToldWithWhatIsKnownOfIt() {
        assertEquals(1, follow(new ScriptedRun(RUNNING, FAILED)));
        assertEquals(List.of("run 7  https://there/7", "RUNNING", "FAILED", "task a: broken"), lines);
    }

    @Test
    void aQuestionWithoutAnAnswerIsNoEnd() {
        assertEquals(0, follow(new ScriptedRun(RUNNING, SILENT, SILENT, DONE)));
        assertEquals(List.of("run 7  https://there/7", "RUNNING", "DONE"), lines);
    }

    @Test
    void aPlatformThatStaysSilentIsGivenUpAndOneThatRefusesAtOnce() {
        ScriptedRun silent = new ScriptedRun(RUNNING, SILENT);
        assertThrows(IngotException.class, () -> follow(silent));
        assertEquals(1 + RunWatcher.UNANSWERED, silent.asked);

        ScriptedRun denied = new ScriptedRun(RUNNING, refusal(Code.DEPLOY_DENIED));
        assertThrows(IngotException.class, () -> follow(denied));
        assertEquals(2, denied.asked);
    }

    @Test
    void anInterruptCancelsTheRunAndWaitsForItsEnd() {
        interruptAt = 1;
        ScriptedRun run = new ScriptedRun(RUNNING, RUNNING, RUNNING, CANCELLED);

        assertEquals(130, follow(run));
        assertEquals(1, run.cancelled);
        assertEquals(List.of("run 7  https://there/7", "RUNNING", "cancelling", "RUNNING", "CANCELED"), lines);
    }

    @Test
    void aRunThatSucceedsBeforeItIsCancelledHasSucceeded() {
        interruptAt = 0;

        assertEquals(0, follow(new ScriptedRun(RUNNING, DONE)));
    }

    @Test
    void aRunThatDoesNotEndThoughItWasCancelledIsSaid() {
        interruptAt = 0;
        ScriptedRun run = new ScriptedRun(RUNNING);

        IngotException unsure = assertThrows(IngotException.class, () -> follow(run));
        assertEquals(
                "https://there/7  error DEPLOY-005  Cannot tell whether the run 7 ends: it was asked to, and has not yet\n"
                        + "    Look at its page, and end it there.",
                unsure.getMessage());
        assertEquals(1 + RunWatcher.AFTER_CANCEL, run.asked);
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

    private static Answer refusal(Code code) {
        return () -> {
            throw new IngotException(Diagnostic.error(code, SourceSpan.of("there"), "Cannot look: no", ""));
        };
    }
}
