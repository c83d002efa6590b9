package dev.ingot.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ingot.config.Project;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.run.history.RunLog;
import dev.ingot.secrets.StandardStreams;
import dev.ingot.session.SparkSessions;
import dev.ingot.state.Lake;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.spark.sql.SparkSession;

/**
 * Provokes hundreds of failures in code that uses a secret, in a separate process. It prints what the commands print,
 * and writes into a file, unredacted, all settings of Spark and the run log.
 */
final class CanaryFailures {

    private static final Map<String, String> IDENTITY = Map.of(
            "AWS_ACCESS_KEY_ID", "AKID",
            "AWS_SECRET_ACCESS_KEY", "not-the-canary",
            "AZURE_TENANT_ID", "tenant",
            "AZURE_CLIENT_ID", "app",
            "AZURE_CLIENT_SECRET", "neither-the-canary");

    private final Path root;
    private final String canary;
    private volatile String body = "";
    private volatile int status;

    private CanaryFailures(Path root) throws IOException {
        this.root = root;
        this.canary = Files.readString(root.resolve("secrets/canary"));
    }

    /**
     * Runs all failing operations.
     *
     * @param arguments the project's folder
     */
    public static void main(String[] arguments) throws IOException {
        // As with spark-submit: the logger has opened the console before redaction starts.
        LogManager.getLogger(CanaryFailures.class).error("the log is open");
        StandardStreams.redact();
        CanaryFailures canary = new CanaryFailures(Path.of(arguments[0]));
        canary.echoingSecretStores();
        canary.commands();
        canary.dump();
        // Spark leaves threads running.
        Runtime.getRuntime().halt(0);
    }

    /**
     * Calls secret stores that echo the secret in their answers. Its value is not known to the redaction yet, so
     * nothing of an answer may be printed.
     */
    private void echoingSecretStores() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        List<Project> projects = List.of(
                secretStore("{provider: azure_key_vault, vault: '" + address + "'}"),
                secretStore("{provider: aws_secrets_manager, region: eu-central-1, endpoint: '" + address + "'}"));
        for (String form : CanaryForms.of(canary).values()) {
            for (String answerBody : List.of(
                    "<html>" + form,
                    "{\"value\": \"" + form,
                    "{\"error\": {\"code\": \"" + form + "\", \"message\": \"" + form + "\"}}",
                    "{\"__type\": \"" + form + "\", \"SecretString\": {\"a\": \"" + form + "\"}}")) {
                for (int answerStatus : new int[] {200, 302, 400, 401, 403, 500}) {
                    body = answerBody;
                    status = answerStatus;
                    projects.forEach(project -> fail(project, address));
                }
            }
        }
        server.stop(0);
    }

    private Project secretStore(String scope) {
        return project("stores", "spark: {spark.hadoop.a: '${secret:k/a#b}'}\nsecrets: {k: " + scope + "}\n");
    }

    private Project project(String environment, String text) {
        try {
            Files.writeString(root.resolve("conf/env/" + environment + ".yml"), "lake: lake\n" + text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Diagnostics diagnostics = new Diagnostics();
        Project project = new ProjectReader(root, Map.of(), diagnostics)
                .read(environment, Map.of(), new RunValues("run", LocalDate.EPOCH, Instant.EPOCH))
                .orElse(null);
        diagnostics.throwIfErrors();
        return project;
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean token = exchange.getRequestURI().getPath().endsWith("/token");
        byte[] text = (token ? "{\"access_token\": \"t-0-k-e-n\", \"expires_in\": 3600}" : body)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Retry-After", "0");
        exchange.getResponseHeaders().add("Location", "/" + exchange.hashCode());
        exchange.sendResponseHeaders(token ? 200 : status, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private void fail(Project project, String address) {
        try {
            Map<String, String> identity = new HashMap<>(IDENTITY);
            identity.put("AZURE_AUTHORITY_HOST", address);
            SparkSessions.start(project, identity);
            throw new AssertionError("did not fail");
        } catch (IngotException failed) {
            try (PrintWriter err = StandardStreams.writer(System.err)) {
                DiagnosticsPrinter.print(failed.diagnostics(), err);
                failed.printStackTrace(err);
            }
        }
    }

    private void commands() {
        String project = root.toString();
        for (String environment : List.of("local", "missing", "misplaced")) {
            execute("validate", "--project", project, "--env", environment);
            execute("config", "--project", project, "--env", environment);
            execute("config", "--output", "json", "--project", project, "--env", environment);
            execute("plan", "--project", project, "--env", environment, "tag:late");
        }
        execute("run", "--project", project, "tag:late");
        execute("run", "--verbose", "--project", project, "tag:late");
        execute("plan", "--verbose", "--project", project, "tag:early");
        execute("run", "--verbose", "--output", "json", "--project", project, "tag:early");
        execute("history", "--project", project, "--limit", "200");
        execute("history", "--output", "json", "--project", project, "--limit", "200");
        execute("show", "--project", project, "bronze.fine");
        execute("show", "--project", project, canary);
        execute("run", "--project", project, "--env", canary);
    }

    private void execute(String... arguments) {
        System.out.println("-> " + arguments[0] + " " + Main.execute(arguments));
    }

    private void dump() throws IOException {
        SparkSession spark = SparkSession.active();
        StringBuilder all = new StringBuilder();
        for (var setting : spark.sparkContext().getConf().getAll()) {
            all.append(setting).append('\n');
        }
        var settings = spark.conf().getAll().iterator();
        while (settings.hasNext()) {
            all.append(settings.next()).append('\n');
        }
        spark.sparkContext()
                .hadoopConfiguration()
                .forEach(setting -> all.append(setting).append('\n'));
        System.getProperties()
                .forEach((name, value) -> all.append(name).append(value).append('\n'));
        new RunLog(spark, new Lake(root.resolve("lake").toString()))
                .read()
                .collectAsList()
                .forEach(row -> all.append(row).append('\n'));
        Files.writeString(root.resolve("dump.txt"), all);
        spark.stop();
    }
}
