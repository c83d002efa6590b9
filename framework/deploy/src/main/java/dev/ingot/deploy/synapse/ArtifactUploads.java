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

/** The job jar and the release in storage. A file is the same when its MD5 digest is. */
final class ArtifactUploads {

    private final AdlsFolder storage;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final Map<Change, String> told = new LinkedHashMap<>();

    ArtifactUploads(AdlsFolder storage, Deployment deployment, Artifacts artifacts) {
        this.storage = storage;
        files.put(deployment.jar(), artifacts.jar());
        files.put(deployment.release(), artifacts.release());
    }

    /** A file for each that is missing there or has another content. One that is there already need not be here. */
    List<Change> changes() {
        told.clear();
        files.forEach((name, file) -> {
            Optional<String> there = storage.digest(name);
            if (there.isEmpty()) {
                told.put(new Change(Kind.CREATE, "file " + name, List.of()), name);
            } else if (Files.exists(file)) {
                String here = digest(content(file));
                if (!there.get().equals(here)) {
                    Difference content = new Difference("md5", there.get(), here);
                    told.put(new Change(Kind.UPDATE, "file " + name, List.of(content)), name);
                }
            }
        });
        return List.copyOf(told.keySet());
    }

    /** The files that are not there; whose name holds a hash of its content is there as it is here. */
    List<String> missing() {
        return files.keySet().stream()
                .filter(name -> storage.digest(name).isEmpty())
                .toList();
    }

    void apply(List<Change> changes) {
        changes.forEach(change -> {
            String name = Objects.requireNonNull(told.get(change), () -> "not a change that was told: " + change);
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
                            "Make it with 'ingot package'."),
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
