package dev.ingot.state;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.diagnostics.IngotException;
import dev.ingot.names.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which runs may use a lake at the same time. */
class LeaseTest {

    private static final TableId ORDERS = TableId.parse("silver.orders").orElseThrow();

    private final LakeFiles files = new LakeFiles(MemoryFileSystem.settings());

    private static String leaseOfAnotherHost(Instant renewed) {
        return Json.write(new Lease.Owner("theirs", "elsewhere", 7, renewed.toString()));
    }

    @Test
    void refusesASecondProcessInALakeOnS3() {
        Lake lake = new Lake(MemoryFileSystem.address("s3a"));
        Lease.acquire(files, lake, ORDERS, "ours");
        assertDoesNotThrow(() -> Lease.requireOneDriver(files, lake));
        files.write(lake.leases() + "/gold.totals.json", leaseOfAnotherHost(Instant.now()));
        String refused = assertThrows(IngotException.class, () -> Lease.requireOneDriver(files, lake))
                .getMessage();

        assertEquals(
                lake.root()
                        + "  error ENV-003  Cannot write to a lake on S3 from two processes at once: run theirs is"
                        + " using it (process 7 on elsewhere)\n"
                        + "    Wait for it to end, and have a scheduler start one at a time. If its process has died,"
                        + " its lease expires after 2 minutes.",
                refused);
        files.write(
                lake.leases() + "/gold.totals.json",
                leaseOfAnotherHost(Instant.now().minus(Lease.EXPIRY)));
        assertDoesNotThrow(() -> Lease.requireOneDriver(files, lake));
    }

    @Test
    void allowsSeveralProcessesOnOtherStorage() {
        Lake lake = new Lake(MemoryFileSystem.address("memory"));
        files.write(lake.leases() + "/gold.totals.json", leaseOfAnotherHost(Instant.now()));

        assertDoesNotThrow(() -> Lease.requireOneDriver(files, lake));
    }

    @Test
    void takesOverAnExpiredLease() {
        Lake lake = new Lake(MemoryFileSystem.address("memory"));
        files.write(lake.lease(ORDERS), leaseOfAnotherHost(Instant.now()));
        String refused = assertThrows(IngotException.class, () -> Lease.acquire(files, lake, ORDERS, "ours"))
                .getMessage();

        assertEquals(
                "silver.orders  error ENV-003  Cannot run silver.orders: run theirs is working on it (process 7 on"
                        + " elsewhere)\n"
                        + "    Wait for it to end. If its process has died, its lease expires after 2 minutes.",
                refused);
        files.write(lake.lease(ORDERS), leaseOfAnotherHost(Instant.now().minus(Lease.EXPIRY)));
        Lease.acquire(files, lake, ORDERS, "ours").close();
        assertEquals(List.of(), files.list(lake.leases()));
    }

    @Test
    void aRetryWaitsForTheLeaseOfTheAttemptThatDied() {
        Lake lake = new Lake(MemoryFileSystem.address("memory"));
        List<String> progress = new ArrayList<>();
        files.write(
                lake.lease(ORDERS),
                leaseOfAnotherHost(Instant.now().minus(Lease.EXPIRY).plusMillis(500)));
        assertThrows(IngotException.class, () -> Lease.acquire(files, lake, ORDERS, "theirs"));

        Lease.awaitEarlierAttempt(files, lake, List.of(ORDERS), "theirs", progress::add);

        Lease.acquire(files, lake, ORDERS, "theirs").close();
        assertEquals(
                List.of("An earlier attempt of this run holds silver.orders (process 7 on elsewhere); waiting until its"
                        + " lease expires, at most 2 minutes."),
                progress);
    }

    @Test
    void doesNotWaitForALiveAttempt() throws InterruptedException {
        Lake lake = new Lake(MemoryFileSystem.address("memory"));
        files.write(lake.lease(ORDERS), leaseOfAnotherHost(Instant.now()));
        List<String> progress = new ArrayList<>();
        Lease.awaitEarlierAttempt(files, lake, List.of(ORDERS), "another", progress::add);
        assertEquals(List.of(), progress);
        Thread waiting = new Thread(() -> Lease.awaitEarlierAttempt(files, lake, List.of(ORDERS), "theirs", line -> {
            progress.add(line);
            files.write(lake.lease(ORDERS), leaseOfAnotherHost(Instant.now().plusMillis(1)));
        }));

        waiting.start();
        waiting.join(Duration.ofSeconds(20).toMillis());

        assertFalse(waiting.isAlive());
        assertEquals(1, progress.size());
    }
}
