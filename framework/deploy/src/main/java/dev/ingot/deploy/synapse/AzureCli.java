package dev.ingot.deploy.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.TextFiles;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.secrets.Secret;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Gets tokens from the Azure CLI, for the user who is signed in to it. Source: {@code az account get-access-token},
 * whose {@code expires_on} is in seconds since 1970 (CLI 2.54 and newer).
 *
 * @param limit the timeout of the command
 */
record AzureCli(Path program, Map<String, String> environment, Duration limit) {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Finds the program {@code az} in the PATH of an environment. */
    static Optional<AzureCli> find(Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "az"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new AzureCli(program, environment, TIMEOUT));
    }

    AccessToken token(String scope) {
        try {
            ProcessBuilder command = new ProcessBuilder(
                    program.toString(), "account", "get-access-token", "--scope", scope, "--output", "json");
            command.environment().putAll(environment);
            command.redirectError(ProcessBuilder.Redirect.DISCARD);
            JsonNode tree = TextFiles.readJson(output(command.start()));
            return new AccessToken(
                    new Secret(tree.path("accessToken").asText("")),
                    Instant.ofEpochSecond(tree.path("expires_on").asLong(0)));
        } catch (IOException | IllegalArgumentException broken) {
            throw failure("its output cannot be parsed", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure("the command was interrupted", interrupted);
        }
    }

    /** Returns all that the program prints; at a timeout it is killed with its child processes. */
    private String output(Process process) throws IOException, InterruptedException {
        try {
            process.getOutputStream().close();
            CompletableFuture<String> printed = CompletableFuture.supplyAsync(() -> read(process));
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("it did not answer in " + limit.toSeconds() + " seconds", null);
            }
            if (process.exitValue() != 0) {
                throw failure("it returned no token", null);
            }
            return printed.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unread) {
            throw failure("its output cannot be read", unread);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static IngotException failure(String reason, Throwable cause) {
        return new IngotException(
                Diagnostic.error(
                        Code.DEPLOY_DENIED,
                        SourceSpan.of("az"),
                        "Cannot sign in with the Azure CLI: " + reason,
                        "Run 'az login' again, or set " + String.join(", ", EntraToken.PRINCIPAL) + "."),
                cause);
    }
}
