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
 * Says that a run works on a pipeline, so that another one leaves it alone. It saves work; what protects the data is
 * Delta's transaction pair. A lease whose process is gone, or that was not renewed for a while, is taken over.
 */
public final class Lease implements AutoCloseable {

    /** A lease that nobody renewed for so long is nobody's. */
    static final Duration EXPIRY = Duration.ofMinutes(2);

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** What stands for a machine that has no name of its own: another process is then never on the same one. */
    private static final String NAMELESS = "localhost-" + UUID.randomUUID();

    private static final String LAPSE = "If it is gone, its hold lapses after " + EXPIRY.toMinutes() + " minutes.";

    private final LakeFiles files;
    private final String address;
    private final Owner owner;

    /**
     * Who holds a lease.
     *
     * @param renewed when the owner was last seen, ISO
     */
    record Owner(String run, String host, long process, String renewed) {
        Owner {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(renewed, "renewed");
        }

        boolean isSame(Owner other) {
            return run.equals(other.run) && host.equals(other.host) && process == other.process;
        }

        boolean isThisProcess() {
            return host.equals(thisHost()) && process == ProcessHandle.current().pid();
        }

        String whereabouts() {
            return "process " + process + " on " + host;
        }

        boolean isGone() {
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
     * Takes the lease of a pipeline.
     *
     * @throws IngotException naming the owner, when another run holds it
     */
    public static Lease take(LakeFiles files, Lake lake, TableId pipeline, String run) {
        String address = lake.lease(pipeline);
        Owner self = new Owner(
                run, thisHost(), ProcessHandle.current().pid(), Instant.now().toString());
        Lease lease = new Lease(files, address, self);
        if (files.create(address, Json.write(self))) {
            return lease;
        }
        lease.holder().filter(other -> !other.isGone()).ifPresent(other -> {
            throw busy(pipeline, other);
        });
        lease.write();
        // Of two who take over at once, the one that wrote first finds the other.
        lease.holder().filter(other -> !self.isSame(other)).ifPresent(other -> {
            throw busy(pipeline, other);
        });
        return lease;
    }

    private static IngotException busy(TableId pipeline, Owner other) {
        return new IngotException(Diagnostic.error(
                Code.ENV_BUSY,
                SourceSpan.of(pipeline.toString()),
                "Cannot run " + pipeline + ": run " + other.run() + " works on it (" + other.whereabouts() + ")",
                "Wait for it to end. " + LAPSE));
    }

    /**
     * Waits for an earlier attempt of the same run that holds one of the pipelines: whoever tries a run again often comes
     * before the hold of a process that died elsewhere lapses. One that shows that it lives is not waited for.
     *
     * @param told hears of it, once, when there is something to wait for
     */
    public static void awaitEarlierAttempt(
            LakeFiles files, Lake lake, Collection<TableId> pipelines, String run, Consumer<String> told) {
        Map<TableId, Owner> first = attempts(files, lake, pipelines, run);
        first.entrySet().stream()
                .findFirst()
                .ifPresent(held -> told.accept("An earlier attempt of this run holds " + held.getKey() + " ("
                        + held.getValue().whereabouts() + "); waiting until its hold lapses, at most "
                        + EXPIRY.toMinutes() + " minutes."));
        Map<TableId, Owner> now = first;
        while (!now.isEmpty() && first.entrySet().containsAll(now.entrySet())) {
            try {
                Thread.sleep(LOOK.toMillis());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
            now = attempts(files, lake, now.keySet(), run);
        }
    }

    private static Map<TableId, Owner> attempts(LakeFiles files, Lake lake, Collection<TableId> pipelines, String run) {
        Map<TableId, Owner> attempts = new TreeMap<>();
        for (TableId pipeline : pipelines) {
            files.read(lake.lease(pipeline))
                    .flatMap(Lease::parse)
                    .filter(owner -> owner.run().equals(run) && !owner.isThisProcess() && !owner.isGone())
                    .ifPresent(owner -> attempts.put(pipeline, owner));
        }
        return attempts;
    }

    /**
     * Refuses a lake on S3 in which another process is at work: neither Delta's log nor these files are safe there from
     * a second one. It may be missed when both begin within a moment.
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
                                    + " works in it (" + other.whereabouts() + ")",
                            "Wait for it to end, and let a scheduler start one at a time. " + LAPSE));
                });
    }

    /** The runs that hold leases now. */
    public static Set<String> runs(LakeFiles files, Lake lake) {
        return owners(files, lake).map(Owner::run).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those who hold leases and are not gone. */
    private static Stream<Owner> owners(LakeFiles files, Lake lake) {
        return files.list(lake.leases()).stream()
                .flatMap(name -> files.read(lake.leases() + "/" + name).stream())
                .flatMap(text -> parse(text).stream())
                .filter(owner -> !owner.isGone());
    }

    /**
     * Says that the owner still lives, unless the lease was taken over. Storage that fails now may work the next time,
     * well before the lease expires.
     */
    public void renew() {
        try {
            if (isOurs()) {
                write();
            }
        } catch (UncheckedIOException untilNextTime) {
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
        return holder().filter(owner::isSame).isPresent();
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
            return name.equals("localhost") ? NAMELESS : name;
        } catch (UnknownHostException unnamed) {
            return NAMELESS;
        }
    }
}
