package dev.ingot.deploy.synapse;

import dev.ingot.deploy.Artifacts;
import dev.ingot.deploy.Change;
import dev.ingot.deploy.Change.Difference;
import dev.ingot.deploy.Change.Kind;
import dev.ingot.deploy.Deployment;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Compares and uploads the job jar and the release. Files with the same MD5 digest are the same. */
final class ArtifactUploads {

    private final AdlsFolder storage;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final Map<Change, String> planned = new LinkedHashMap<>();

    ArtifactUploads(AdlsFolder storage, Deployment deployment, Artifacts artifacts) {
        this.storage = storage;
        files.put(deployment.jar(), artifacts.jar());
        files.put(deployment.release(), artifacts.release());
    }

    /** Returns a change for each file that is missing in storage or differs; a stored file may be absent locally. */
    List<Change> changes() {
        planned.clear();
        files.forEach((name, file) -> {
            Optional<String> stored = storage.digest(name);
            if (stored.isEmpty()) {
                planned.put(new Change(Kind.CREATE, "file " + name, List.of()), name);
            } else if (Files.exists(file)) {
                String local = digest(content(file));
                if (!stored.get().equals(local)) {
                    Difference content = new Difference("md5", stored.get(), local);
                    planned.put(new Change(Kind.UPDATE, "file " + name, List.of(content)), name);
                }
            }
        });
        return List.copyOf(planned.keySet());
    }

    /** Returns the files that are missing in storage. Content is not compared: the release's name contains its hash. */
    List<String> missing() {
        return files.keySet().stream()
                .filter(name -> storage.digest(name).isEmpty())
                .toList();
    }

    void apply(List<Change> changes) {
        changes.forEach(change -> {
            String name = Objects.requireNonNull(planned.get(change), () -> "not a planned change: " + change);
            byte[] content = content(files.get(name));
            storage.write(name, content, digest(content));
        });
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new IngotException(
                    Diagnostic.error(
                            Code.DEPLOY_PLATFORM,
                            SourceSpan.of(file.toString()),
                            "Cannot upload " + file.getFileName() + ": the file cannot be read",
                            "Create it with 'ingot package'."),
                    unreadable);
        }
    }

    private static String digest(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
