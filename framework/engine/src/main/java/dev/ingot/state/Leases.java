package dev.ingot.state;

import dev.ingot.diagnostics.IngotException;
import dev.ingot.names.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/** Holds the leases of several pipelines, all or none, and renews them until they are closed. */
public final class Leases implements AutoCloseable {

    private static final long HEARTBEAT_MILLISECONDS = 20_000;

    private final List<Lease> leases = new ArrayList<>();
    private final Timer heartbeat = new Timer("ingot-lease", true);

    private Leases() {}

    /**
     * Acquires the leases of all given pipelines.
     *
     * @throws IngotException when another run holds one of them, or another process is running in a lake on S3; none is
     *     held then
     */
    public static Leases acquire(LakeFiles files, Lake lake, Collection<TableId> pipelines, String run) {
        Lease.requireOneDriver(files, lake);
        Leases taken = new Leases();
        try {
            pipelines.forEach(pipeline -> taken.leases.add(Lease.acquire(files, lake, pipeline, run)));
            // A process that started in the meantime has its leases visible by now.
            Lease.requireOneDriver(files, lake);
        } catch (RuntimeException busy) {
            taken.close();
            throw busy;
        }
        TimerTask renewal = new TimerTask() {
            @Override
            public void run() {
                taken.leases.forEach(Lease::renew);
            }
        };
        taken.heartbeat.schedule(renewal, HEARTBEAT_MILLISECONDS, HEARTBEAT_MILLISECONDS);
        return taken;
    }

    @Override
    public void close() {
        heartbeat.cancel();
        leases.forEach(Lease::close);
    }
}
