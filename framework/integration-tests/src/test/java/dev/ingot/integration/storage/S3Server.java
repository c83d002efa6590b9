package dev.ingot.integration.storage;

import dev.ingot.integration.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Runs an S3 service on this machine, S3Proxy, which keeps its objects in memory. It checks signatures. */
record S3Server(ServerProcess server, int port) implements AutoCloseable {

    static final String ACCESS_KEY = "test-access";

    private static final String SECRET_KEY = "test-secret";
    private static final String STARTED = "(Started ServerConnector|Started Server@)";

    /** Starts the server on a free port of 127.0.0.1. */
    static S3Server start(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        Path settings =
                Files.writeString(folder.resolve("s3proxy.properties"), """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=transient
                jclouds.identity=none
                jclouds.credential=none
                """.formatted(port, ACCESS_KEY, SECRET_KEY));
        Path logging = Files.writeString(folder.resolve("logback.xml"), """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%level %msg%n</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="out"/></root>
                </configuration>
                """);
        ServerProcess server = ServerProcess.start(
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-Dlogback.configurationFile=" + logging,
                        "-cp",
                        Files.readString(Path.of(System.getProperty("ingot.test.s3proxy"))),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString()),
                folder.resolve("s3proxy.txt"));
        server.await(STARTED);
        return new S3Server(server, port);
    }

    /** Returns the S3 endpoint for clients. */
    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** Creates a bucket, with a request that has a signature of version 2, as documented for S3's REST API. */
    S3Server bucket(String name) throws IOException, InterruptedException {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint() + "/" + name))
                .header("x-amz-date", date)
                .header(
                        "Authorization",
                        "AWS " + ACCESS_KEY + ":" + signature("PUT\n\n\n\nx-amz-date:" + date + "\n/" + name))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(
                    "cannot create the bucket " + name + ": " + answer.statusCode() + " " + answer.body());
        }
        return this;
    }

    private static String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SECRET_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the Spark settings to access a bucket of the server. */
    Map<String, String> settings(String bucket) {
        String prefix = "spark.hadoop.fs.s3a.bucket." + bucket + ".";
        return Map.of(
                prefix + "endpoint",
                endpoint(),
                prefix + "endpoint.region",
                "us-east-1",
                prefix + "path.style.access",
                "true",
                prefix + "connection.ssl.enabled",
                "false",
                prefix + "access.key",
                ACCESS_KEY,
                prefix + "secret.key",
                SECRET_KEY);
    }

    /**
     * Returns a free port. Another process may take it before the server does; then the server ends, and the test fails
     * with its output.
     */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
