package dev.ingot.integration.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingot.integration.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs Spark's standalone cluster: a master and two workers with one core each, as processes on 127.0.0.1 with free
 * ports. The workers share this machine's disk, as those of a real cluster share their storage. Closing it ends all
 * processes.
 */
final class SparkCluster implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SparkHome spark;
    private final Path folder;
    private final Deque<ServerProcess> workers = new ArrayDeque<>();
    private final ServerProcess master;
    private final String address;
    private final URI page;
    private int started;

    private SparkCluster(SparkHome spark, Path folder) throws InterruptedException {
        this.spark = spark;
        this.folder = folder;
        this.master = ServerProcess.start(
                spark.command(
                        spark.sparkClass(),
                        "org.apache.spark.deploy.master.Master",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--webui-port",
                        "0"),
                folder.resolve("master.txt"));
        try {
            this.address = master.await("Starting Spark master at (spark://\\S+)");
            this.page = URI.create(master.await("Bound MasterWebUI to .* started at (http://\\S+)") + "/json/");
        } catch (InterruptedException | RuntimeException | Error failed) {
            master.close();
            throw failed;
        }
    }

    /**
     * Starts a cluster.
     *
     * @param folder the folder for its files
     */
    static SparkCluster start(SparkHome spark, Path folder) throws InterruptedException {
        SparkCluster cluster = new SparkCluster(spark, folder);
        try {
            cluster.startWorker();
            cluster.startWorker();
            cluster.awaitWorkers();
            return cluster;
        } catch (InterruptedException | RuntimeException | Error failed) {
            cluster.close();
            throw failed;
        }
    }

    /** Returns the value for {@code --master}. */
    String address() {
        return address;
    }

    /** Kills the oldest worker with all that runs on it, and starts another. */
    void loseWorker() throws InterruptedException {
        workers.remove().close();
        startWorker();
    }

    /**
     * Waits for the application that was submitted last in cluster mode, and returns its final state as Spark names it:
     * FINISHED, FAILED.
     *
     * @param limit the timeout
     */
    String driverState(Duration limit) throws InterruptedException, IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            JsonNode state = state();
            JsonNode completed = state.get("completeddrivers");
            if (state.get("activedrivers").isEmpty() && !completed.isEmpty()) {
                return completed.get(completed.size() - 1).get("state").asText();
            }
            Thread.sleep(200);
        }
        throw new AssertionError("The driver runs longer than " + limit);
    }

    /** Returns the output of all drivers and executors on the workers. */
    String printed() throws IOException {
        StringBuilder printed = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(SparkCluster::isOutput).sorted().toList()) {
                printed.append(Files.readString(file));
            }
        }
        return printed.toString();
    }

    private static boolean isOutput(Path file) {
        return List.of("stdout", "stderr").contains(file.getFileName().toString());
    }

    private JsonNode state() throws IOException {
        return JSON.readTree(page.toURL());
    }

    private void startWorker() {
        started++;
        workers.add(ServerProcess.start(
                spark.command(
                        spark.sparkClass(),
                        "org.apache.spark.deploy.worker.Worker",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--webui-port",
                        "0",
                        "--cores",
                        "1",
                        "--memory",
                        "2g",
                        "--work-dir",
                        folder.resolve("worker-" + started).toString(),
                        address),
                folder.resolve("worker-" + started + ".txt")));
    }

    private void awaitWorkers() throws InterruptedException {
        for (ServerProcess worker : workers) {
            worker.await("(Successfully registered) with master");
        }
    }

    @Override
    public void close() {
        workers.forEach(ServerProcess::close);
        master.close();
    }
}
