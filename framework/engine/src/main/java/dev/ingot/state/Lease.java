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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Says that a run works on a pipeline, so that another one leaves it alone. It saves work; what protects the data is
 * Delta's transaction pair. A lease whose process is gone, or that was not renewed for a while, is taken over.
 */
public final class Lease implements AutoCloseable {

    /** A lease that nobody renewed for so long is nobody's. */
    static final Duration EXPIRY = Duration.ofMinutes(2);

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
        Optional<Owner> other = lease.holder();
        if (other.isPresent() && !other.get().isGone()) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_BUSY,
                    SourceSpan.of(pipeline.toString()),
                    "Cannot run " + pipeline + ": run " + other.get().run() + " works on it (process "
                            + other.get().process() + " on " + other.get().host() + ")",
                    "Wait for it to end. If it is gone, its hold lapses after " + EXPIRY.toMinutes() + " minutes."));
        }
        lease.write();
        return lease;
    }

    /** The runs that hold leases now. */
    public static Set<String> runs(LakeFiles files, Lake lake) {
        return files.list(lake.leases()).stream()
                .flatMap(name -> files.read(lake.leases() + "/" + name).stream())
                .flatMap(text -> parse(text).stream())
                .filter(owner -> !owner.isGone())
                .map(Owner::run)
                .collect(Collectors.toCollection(TreeSet::new));
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
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
