package dev.ingot.deploy;

import dev.ingot.deploy.RemoteRun.State;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.Owner;
import dev.ingot.diagnostics.SourceSpan;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits for a run on a platform and tells how it goes: its page first, then a line for each change of its state, then what
 * a person needs to know of a failure. When the waiting thread is interrupted, the run is cancelled, and its end is waited
 * for, for a bounded time.
 */
public final class RunWatcher {

    /** How a command ends whose run was cancelled, as a shell says it of a process that was interrupted. */
    public static final int CANCELLED = 130;

    /** After so many questions in a row without an answer the run is given up; it goes on by itself. */
    static final int UNANSWERED = 10;

    /** So often a cancelled run is asked whether it has ended. */
    static final int AFTER_CANCEL = 30;

    private final Duration interval;
    private final Pause pause;
    private final Consumer<String> lines;

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {

        void of(Duration time) throws InterruptedException;
    }

    /**
     * A way of following.
     *
     * @param interval the time between two questions to the platform
     * @param lines where each line goes
     */
    public RunWatcher(Duration interval, Pause pause, Consumer<String> lines) {
        this.interval = Objects.requireNonNull(interval, "interval");
        this.pause = Objects.requireNonNull(pause, "pause");
        this.lines = Objects.requireNonNull(lines, "lines");
    }

    /**
     * Follows a run to its end.
     *
     * @return the exit status: 0 when it succeeded, that of {@link Owner#DATA} when it failed, {@link #CANCELLED}
     * @throws IngotException when the platform answers no more, or does not end a run that was cancelled
     */
    public int follow(RemoteRun run) {
        lines.accept("run " + run.id() + "  " + run.page());
        try {
            return status(end(run, Integer.MAX_VALUE).orElseThrow());
        } catch (InterruptedException stop) {
            return cancel(run);
        }
    }

    private int cancel(RemoteRun run) {
        lines.accept("cancelling");
        run.cancel();
        Optional<State> end;
        try {
            end = end(run, AFTER_CANCEL);
        } catch (InterruptedException again) {
            end = Optional.empty();
        }
        return status(end.orElseThrow(() -> new IngotException(Diagnostic.error(
                Code.DEPLOY_UNREACHABLE,
                SourceSpan.of(run.page()),
                "Cannot tell whether the run " + run.id() + " ends: it was asked to, and has not yet",
                "Look at its page, and end it there."))));
    }

    /** The state in which a run ends; empty when it has not after so many questions. */
    private Optional<State> end(RemoteRun run, int questions) throws InterruptedException {
        String told = "";
        for (int asked = 0; asked < questions; asked++) {
            State now = ask(run);
            if (!now.words().equals(told)) {
                lines.accept(now.words());
                told = now.words();
            }
            if (now.phase().isEnd()) {
                now.messages().forEach(lines);
                return Optional.of(now);
            }
            pause.of(interval);
        }
        return Optional.empty();
    }

    private State ask(RemoteRun run) throws InterruptedException {
        for (int unanswered = 1; ; unanswered++) {
            try {
                return run.state();
            } catch (IngotException silent) {
                if (unanswered == UNANSWERED || !mayPass(silent)) {
                    throw silent;
                }
            }
            pause.of(interval);
        }
    }

    private static int status(State end) {
        return switch (end.phase()) {
            case SUCCEEDED -> 0;
            case CANCELLED -> CANCELLED;
            default -> Owner.DATA.exitCode();
        };
    }

    /** Whether asking again may help. */
    private static boolean mayPass(IngotException silent) {
        return silent.diagnostics().stream().allMatch(told -> told.code() == Code.DEPLOY_UNREACHABLE);
    }
}
