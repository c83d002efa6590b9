package dev.ingot.integration.storage;

import dev.ingot.integration.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs an Azure blob service on this machine, Azurite of npm, which keeps its blobs in memory. It has no DFS endpoint.
 * It takes the account from the host name, as Azure does, so a JVM that uses it must be started with the {@link #hosts}
 * file as {@code jdk.net.hosts.file}.
 */
record AzureServer(ServerProcess server, int port, Path hosts) implements AutoCloseable {

    /** The well-known account and key of Azurite. */
    private static final String ACCOUNT = "devstoreaccount1.blob.localhost";

    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static final String LISTENS = "listens on http://127\\.0\\.0\\.1:(\\d+)";

    /** Starts the server on a free port of 127.0.0.1. */
    static AzureServer start(Path folder) throws IOException, InterruptedException {
        ServerProcess server = ServerProcess.start(
                new ProcessBuilder(
                        "node",
                        Path.of(System.getProperty("ingot.test.azurite"), "node_modules/azurite/dist/src/blob/main.js")
                                .toString(),
                        "--skipApiVersionCheck",
                        "--inMemoryPersistence",
                        "--disableTelemetry",
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        "0"),
                folder.resolve("azurite.txt"));
        int port = Integer.parseInt(server.await(LISTENS));
        Path hosts = Files.writeString(
                folder.resolve("hosts"),
                "127.0.0.1 localhost\n127.0.0.1 " + ACCOUNT + "\n127.0.0.1 "
                        + InetAddress.getLocalHost().getHostName() + "\n");
        return new AzureServer(server, port, hosts);
    }

    /**
     * Returns the scheme of the addresses: that of the driver that this Hadoop has for an account without a DFS
     * endpoint.
     */
    static String scheme() {
        return System.getProperty("ingot.test.azure.scheme");
    }

    String account() {
        return ACCOUNT + ":" + port;
    }

    /** Returns the address of a container. */
    String container(String name) {
        return scheme() + "://" + name + "@" + account();
    }

    /** Returns the Spark settings to access the server. */
    Map<String, String> settings() {
        return Map.of(
                "spark.hadoop.fs.azure.account.key." + account(),
                KEY,
                "spark.hadoop.fs.azure.account.hns.enabled",
                "false",
                "spark.hadoop.fs.azure.fns.account.service.type",
                "BLOB",
                "spark.hadoop.fs.azure.always.use.https",
                "false",
                "spark.hadoop.fs.azure.networking.library",
                "JDK_HTTP_URL_CONNECTION",
                "spark.hadoop.fs.azure.createRemoteFileSystemDuringInitialization",
                "true");
    }

    @Override
    public void close() {
        server.close();
    }
}
