package dev.ingot.state;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Marks a pipeline as being processed by a run, so that other runs leave it alone. It avoids duplicate work; Delta's
 * transaction pair protects the data. A lease whose process has died, or that has expired, is taken over.
 */
public final class Lease implements AutoCloseable {

    /** A lease expires when it was not renewed for this long. */
    static final Duration EXPIRY = Duration.ofMinutes(2);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    /** Stands for a machine without a host name: unique, so that no other process seems to run on the same machine. */
    private static final String UNKNOWN_HOST = "localhost-" + UUID.randomUUID();

    private static final String EXPIRY_HINT =
            "If its process has died, its lease expires after " + EXPIRY.toMinutes() + " minutes.";

    private final LakeFiles files;
    private final String address;
    private final Owner owner;

    /**
     * The holder of a lease.
     *
     * @param renewed when the lease was last renewed, ISO
     */
    record Owner(String run, String host, long process, String renewed) {
        Owner {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(renewed, "renewed");
        }

        boolean isSameProcess(Owner other) {
            return run.equals(other.run) && host.equals(other.host) && process == other.process;
        }

        boolean isThisProcess() {
            return host.equals(thisHost()) && process == ProcessHandle.current().pid();
        }

        String describe() {
            return "process " + process + " on " + host;
        }

        boolean isStale() {
            boolean dead = host.equals(thisHost())
                    && ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty();
            return dead || Instant.parse(renewed).plus(EXPIRY).isBefore(Instant.now());
        }
    }

    private Lease(LakeFiles files, String address, Owner owner) {
        this.files = files;
        this.address = address;
        this.owner = owner;
    }

    /**
     * Acquires the lease of a pipeline.
     *
     * @throws IngotException naming the owner, when another run holds it
     */
    public static Lease acquire(LakeFiles files, Lake lake, TableId pipeline, String run) {
        String address = lake.lease(pipeline);
        Owner self = new Owner(
                run, thisHost(), ProcessHandle.current().pid(), Instant.now().toString());
        Lease lease = new Lease(files, address, self);
        if (files.create(address, Json.write(self))) {
            return lease;
        }
        lease.holder().filter(other -> !other.isStale()).ifPresent(other -> {
            throw busy(pipeline, other);
        });
        lease.write();
        // Of two runs that take over at once, the one that wrote first now finds the other.
        lease.holder().filter(other -> !self.isSameProcess(other)).ifPresent(other -> {
            throw busy(pipeline, other);
        });
        return lease;
    }

    private static IngotException busy(TableId pipeline, Owner other) {
        return new IngotException(Diagnostic.error(
                Code.ENV_BUSY,
                SourceSpan.of(pipeline.toString()),
                "Cannot run " + pipeline + ": run " + other.run() + " is working on it (" + other.describe() + ")",
                "Wait for it to end. " + EXPIRY_HINT));
    }

    /**
     * Waits until the lease of an earlier attempt of the same run expires: a run is often retried before the lease of a
     * process that died on another machine has expired. Stops waiting as soon as the other process renews its lease.
     *
     * @param progress receives one line when there is something to wait for
     */
    public static void awaitEarlierAttempt(
            LakeFiles files, Lake lake, Collection<TableId> pipelines, String run, Consumer<String> progress) {
        Map<TableId, Owner> first = earlierAttempts(files, lake, pipelines, run);
        first.entrySet().stream()
                .findFirst()
                .ifPresent(entry -> progress.accept("An earlier attempt of this run holds " + entry.getKey() + " ("
                        + entry.getValue().describe() + "); waiting until its lease expires, at most "
                        + EXPIRY.toMinutes() + " minutes."));
        Map<TableId, Owner> current = first;
        while (!current.isEmpty() && first.entrySet().containsAll(current.entrySet())) {
            try {
                Thread.sleep(POLL_INTERVAL.toMillis());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
            current = earlierAttempts(files, lake, current.keySet(), run);
        }
    }

    private static Map<TableId, Owner> earlierAttempts(
            LakeFiles files, Lake lake, Collection<TableId> pipelines, String run) {
        Map<TableId, Owner> attempts = new TreeMap<>();
        for (TableId pipeline : pipelines) {
            files.read(lake.lease(pipeline))
                    .flatMap(Lease::parse)
                    .filter(owner -> owner.run().equals(run) && !owner.isThisProcess() && !owner.isStale())
                    .ifPresent(owner -> attempts.put(pipeline, owner));
        }
        return attempts;
    }

    /**
     * Refuses a lake on S3 in which another process is running: neither Delta's log nor these files are safe there with
     * two writers. May miss a process that starts at the same moment.
     *
     * @throws IngotException naming the other process
     */
    public static void requireOneDriver(LakeFiles files, Lake lake) {
        if (!lake.isOnS3()) {
            return;
        }
        owners(files, lake)
                .filter(other -> !other.isThisProcess())
                .min(Comparator.comparing(Owner::run))
                .ifPresent(other -> {
                    throw new IngotException(Diagnostic.error(
                            Code.ENV_BUSY,
                            SourceSpan.of(lake.root()),
                            "Cannot write to a lake on S3 from two processes at once: run " + other.run()
                                    + " is using it (" + other.describe() + ")",
                            "Wait for it to end, and have a scheduler start one at a time. " + EXPIRY_HINT));
                });
    }

    /** Returns the runs that hold leases. */
    public static Set<String> runs(LakeFiles files, Lake lake) {
        return owners(files, lake).map(Owner::run).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the holders of leases that are not stale. */
    private static Stream<Owner> owners(LakeFiles files, Lake lake) {
        return files.list(lake.leases()).stream()
                .flatMap(name -> files.read(lake.leases() + "/" + name).stream())
                .flatMap(text -> parse(text).stream())
                .filter(owner -> !owner.isStale());
    }

    /**
     * Renews the lease, unless it was taken over. A storage failure is ignored: the next renewal comes well before the
     * lease expires.
     */
    public void renew() {
        try {
            if (isOurs()) {
                write();
            }
        } catch (UncheckedIOException retriedLater) {
            return;
        }
    }

    private void write() {
        files.write(
                address,
                Json.write(new Owner(
                        owner.run(),
                        owner.host(),
                        owner.process(),
                        Instant.now().toString())));
    }

    @Override
    public void close() {
        if (isOurs()) {
            files.delete(address);
        }
    }

    private boolean isOurs() {
        return holder().filter(owner::isSameProcess).isPresent();
    }

    private Optional<Owner> holder() {
        return files.read(address).flatMap(Lease::parse);
    }

    private static Optional<Owner> parse(String text) {
        try {
            return Optional.of(Json.read(text, Owner.class));
        } catch (IllegalArgumentException halfWritten) {
            return Optional.empty();
        }
    }

    private static String thisHost() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.equals("localhost") ? UNKNOWN_HOST : name;
        } catch (UnknownHostException unnamed) {
            return UNKNOWN_HOST;
        }
    }
}
