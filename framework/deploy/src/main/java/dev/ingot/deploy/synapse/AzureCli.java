package dev.ingot.deploy.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.TextFiles;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Azure CLI, for whoever is signed in to it. Source: {@code az account get-access-token}, whose {@code expires_on} is
 * in seconds since 1970 (CLI 2.54 and newer).
 */
record AzureCli(Path program, Map<String, String> environment) {

    /** The program {@code az} in the PATH of an environment. */
    static Optional<AzureCli> find(Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "az"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new AzureCli(program, environment));
    }

    AccessToken token(String scope) {
        try {
            ProcessBuilder command = new ProcessBuilder(
                    program.toString(), "account", "get-access-token", "--scope", scope, "--output", "json");
            command.environment().putAll(environment);
            command.redirectError(ProcessBuilder.Redirect.DISCARD);
            Process process = command.start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw refused("it gave no token", null);
            }
            JsonNode tree = TextFiles.readJson(answer);
            return new AccessToken(
                    tree.path("accessToken").asText(""),
                    Instant.ofEpochSecond(tree.path("expires_on").asLong(0)));
        } catch (IOException | IllegalArgumentException broken) {
            throw refused("it cannot be understood", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw refused("the command was interrupted", interrupted);
        }
    }

    private static IngotException refused(String reason, Throwable cause) {
        return new IngotException(
                Diagnostic.error(
                        Code.DEPLOY_DENIED,
                        SourceSpan.of("az"),
                        "Cannot sign in with the Azure CLI: " + reason,
                        "Run 'az login' again, or set " + String.join(", ", ServicePrincipal.VARIABLES) + "."),
                cause);
    }
}
