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

/** Who may work in a lake while another one does. */
class LeaseTest {

    private static final TableId ORDERS = TableId.parse("silver.orders").orElseThrow();

    private final LakeFiles files = new LakeFiles(MemoryFileSystem.settings());

    private static String elsewhere(Instant renewed) {
        return Json.write(new Lease.Owner("theirs", "elsewhere", 7, renewed.toString()));
    }

    @Test
    void anotherProcessInALakeOnS3IsNamed() {
        Lake lake = new Lake(MemoryFileSystem.address("s3a"));
        Lease.take(files, lake, ORDERS, "ours");
        assertDoesNotThrow(() -> Lease.requireOneDriver(files, lake));
        files.write(lake.leases() + "/gold.totals.json", elsewhere(Instant.now()));
        String refused = assertThrows(IngotException.class, () -> Lease.requireOneDriver(files, lake))
                .getMessage();

        assertEquals(
                lake.root()
                        + "  error ENV-003  Cannot write to a lake on S3 from two processes at once: run theirs works in it"
                        + " (process 7 on elsewhere)\n"
                        + "    Wait for it to end, and let a scheduler start one at a time. If it is gone, its hold lapses"
                        + " after 2 minutes.",
                refused);
        files.write(lake.leases() + "/gold.totals.json", elsewhere(Instant.now().minus(Lease.EXPIRY)));
        assertDoesNotThrow(() -> Lease.requireOneDriver(files, lake));
    }

    @Test
    void elsewhereSeveralProcessesMayWork() {
        Lake lake = new Lake(MemoryFileSystem.address("memory"));
        files.write(lake.leases() + "/gold.totals.json", elsewhere(Instant.now()));

        assertDoesNotThrow(() -> Lease.requireOneDriver(files, lake));
    }

    @Test
    void aLeaseThatHasLapsedIsTakenOver() {
        Lake lake = new Lake(MemoryFileSystem.address("memory"));
        files.write(lake.lease(ORDERS), elsewhere(Instant.now()));
        String refused = assertThrows(IngotException.class, () -> Lease.take(files, lake, ORDERS, "ours"))
                .getMessage();

        assertEquals(
                "silver.orders  error ENV-003  Cannot run silver.orders: run theirs works on it (process 7 on elsewhere)\n"
                        + "    Wait for it to end. If it is gone, its hold lapses after 2 minutes.",
                refused);
        files.write(lake.lease(ORDERS), elsewhere(Instant.now().minus(Lease.EXPIRY)));
        Lease.take(files, lake, ORDERS, "ours").close();
        assertEquals(List.of(), files.list(lake.leases()));
    }

    @Test
    void aRunThatIsTriedAgainWaitsForTheHoldOfTheAttemptThatDied() {
        Lake lake = new Lake(MemoryFileSystem.address("memory"));
        List<String> told = new ArrayList<>();
        files.write(
                lake.lease(ORDERS), elsewhere(Instant.now().minus(Lease.EXPIRY).plusMillis(500)));
        assertThrows(IngotException.class, () -> Lease.take(files, lake, ORDERS, "theirs"));

        Lease.awaitEarlierAttempt(files, lake, List.of(ORDERS), "theirs", told::add);

        Lease.take(files, lake, ORDERS, "theirs").close();
        assertEquals(
                List.of(
                        "An earlier attempt of this run holds silver.orders (process 7 on elsewhere); waiting until its hold"
                                + " lapses, at most 2 minutes."),
                told);
    }

    @Test
    void anAttemptThatLivesIsNotWaitedFor() throws InterruptedException {
        Lake lake = new Lake(MemoryFileSystem.address("memory"));
        files.write(lake.lease(ORDERS), elsewhere(Instant.now()));
        List<String> told = new ArrayList<>();
        Lease.awaitEarlierAttempt(files, lake, List.of(ORDERS), "another", told::add);
        assertEquals(List.of(), told);
        Thread waiting = new Thread(() -> Lease.awaitEarlierAttempt(files, lake, List.of(ORDERS), "theirs", line -> {
            told.add(line);
            files.write(lake.lease(ORDERS), elsewhere(Instant.now().plusMillis(1)));
        }));

        waiting.start();
        waiting.join(Duration.ofSeconds(20).toMillis());

        assertFalse(waiting.isAlive());
        assertEquals(1, told.size());
    }
}
