package dev.ingot.cli;

import dev.ingot.deploy.RemoteRun;
import java.util.List;

/** A run with a fixed phase until it is cancelled. */
final class FakeRemoteRun implements RemoteRun {

    private volatile Phase phase;

    FakeRemoteRun(Phase phase) {
        this.phase = phase;
    }

    @Override
    public String id() {
        return "12";
    }

    @Override
    public String page() {
        return "https://there/12";
    }

    @Override
    public State state() {
        return new State(phase, phase.name(), List.of());
    }

    @Override
    public void cancel() {
        phase = Phase.CANCELLED;
    }
}
