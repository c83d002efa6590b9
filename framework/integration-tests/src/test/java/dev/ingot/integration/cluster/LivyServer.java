package dev.ingot.integration.cluster;

import dev.ingot.integration.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Runs an Apache Livy server, which starts batches with the spark-submit of a Spark on this machine. Closing it ends
 * both.
 */
record LivyServer(ServerProcess process, URI address) implements AutoCloseable {

    private static final Path CLASSPATH = Path.of("../livy-server/target/classpath/livy");

    LivyServer {
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(address, "address");
    }

    /**
     * Starts a server.
     *
     * @param folder the folder for its own files
     * @param files the folder from which batches may read files
     */
    static LivyServer start(SparkHome spark, Path folder, Path files) throws IOException, InterruptedException {
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(folder.resolve("logs"));
        Files.write(
                conf.resolve("livy.conf"),
                List.of(
                        "livy.server.host = 127.0.0.1",
                        "livy.server.port = 0",
                        "livy.spark.master = local[2]",
                        "livy.file.local-dir-whitelist = " + files));
        Files.write(
                conf.resolve("log4j.properties"),
                List.of(
                        "log4j.rootLogger = INFO, out",
                        "log4j.appender.out = org.apache.log4j.ConsoleAppender",
                        "log4j.appender.out.layout = org.apache.log4j.PatternLayout",
                        "log4j.appender.out.layout.ConversionPattern = %p %m%n"));
        ProcessBuilder command = spark.command(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                conf + File.pathSeparator + Files.readString(CLASSPATH).strip(),
                "org.apache.livy.server.LivyServer");
        command.environment().put("LIVY_HOME", folder.toString());
        command.environment().put("LIVY_CONF_DIR", conf.toString());
        ServerProcess process = ServerProcess.start(command.directory(folder.toFile()), folder.resolve("livy.txt"));
        try {
            return new LivyServer(process, URI.create(process.await("Starting server on (http://\\S+)")));
        } catch (InterruptedException | RuntimeException | Error failed) {
            process.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
