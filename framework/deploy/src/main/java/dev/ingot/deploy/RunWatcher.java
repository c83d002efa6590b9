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
 * Polls a run on a platform until it ends and prints its progress: first its page, then a line for each change of
 * state, finally the errors of a failure. When the waiting thread is interrupted, cancels the run and waits for its
 * end, for a bounded time.
 */
public final class RunWatcher {

    /** Exit code of a command whose run was cancelled: the one that shells use for SIGINT. */
    public static final int CANCELLED = 130;

    /** The number of consecutive polls that may fail before polling stops. The run itself continues on the platform. */
    static final int MAX_FAILED_POLLS = 10;

    /** The maximum number of polls of a cancelled run. */
    static final int MAX_POLLS_AFTER_CANCEL = 30;

    private final Duration interval;
    private final Pause pause;
    private final Consumer<String> lines;

    /** Waits; tests replace it. */
    @FunctionalInterface
    public interface Pause {

        void of(Duration time) throws InterruptedException;
    }

    /**
     * Creates a watcher.
     *
     * @param interval the time between two polls
     * @param lines receives each line of output
     */
    public RunWatcher(Duration interval, Pause pause, Consumer<String> lines) {
        this.interval = Objects.requireNonNull(interval, "interval");
        this.pause = Objects.requireNonNull(pause, "pause");
        this.lines = Objects.requireNonNull(lines, "lines");
    }

    /**
     * Polls a run until it ends.
     *
     * @return the exit code: 0 when the run succeeded, that of {@link Owner#DATA} when it failed, or {@link #CANCELLED}
     * @throws IngotException when the platform stops answering, or a cancelled run does not end
     */
    public int follow(RemoteRun run) {
        lines.accept("run " + run.id() + "  " + run.page());
        try {
            return status(end(run, Integer.MAX_VALUE).orElseThrow());
        } catch (InterruptedException interrupted) {
            return cancel(run);
        }
    }

    private int cancel(RemoteRun run) {
        lines.accept("cancelling");
        run.cancel();
        Optional<State> end;
        try {
            end = end(run, MAX_POLLS_AFTER_CANCEL);
        } catch (InterruptedException interruptedAgain) {
            end = Optional.empty();
        }
        return status(end.orElseThrow(() -> new IngotException(Diagnostic.error(
                Code.DEPLOY_UNREACHABLE,
                SourceSpan.of(run.page()),
                "Cannot confirm the end of the run " + run.id()
                        + ": cancellation was requested, but it has not ended yet",
                "Open its page and cancel it there."))));
    }

    /** Polls until the run ends and returns its last state; empty when it has not ended after so many polls. */
    private Optional<State> end(RemoteRun run, int maxPolls) throws InterruptedException {
        String printed = "";
        for (int poll = 0; poll < maxPolls; poll++) {
            State now = poll(run);
            if (!now.description().equals(printed)) {
                lines.accept(now.description());
                printed = now.description();
            }
            if (now.phase().isEnd()) {
                now.messages().forEach(lines);
                return Optional.of(now);
            }
            pause.of(interval);
        }
        return Optional.empty();
    }

    private State poll(RemoteRun run) throws InterruptedException {
        for (int failed = 1; ; failed++) {
            try {
                return run.state();
            } catch (IngotException failure) {
                if (failed == MAX_FAILED_POLLS || !isTransient(failure)) {
                    throw failure;
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

    /** Returns whether the failure is transient, so that another poll may succeed. */
    private static boolean isTransient(IngotException failure) {
        return failure.diagnostics().stream().allMatch(diagnostic -> diagnostic.code() == Code.DEPLOY_UNREACHABLE);
    }
}
