package dev.ingot.deploy.databricks;

import dev.ingot.deploy.Artifacts;
import dev.ingot.deploy.Change;
import dev.ingot.deploy.Change.Difference;
import dev.ingot.deploy.Deployment;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * The job jar and the release in the folder of the artifacts. Their names hold a hash of their content, so a file of
 * one name is another one only where an upload was cut off, which its size tells. Folders in cloud storage are filled by the user: the workspace's API does not reach them.
 */
final class ArtifactUploads {

    /** What the API of the workspace takes in one request. */
    private static final long WORKSPACE_LIMIT = 10L * 1024 * 1024;

    private final JobsApi api;
    private final String folder;
    private final Map<Path, String> files;

    ArtifactUploads(JobsApi api, Databricks.Options options, Deployment deployment, Artifacts artifacts) {
        this.api = api;
        this.folder = options.artifacts();
        this.files = new LinkedHashMap<>();
        files.put(artifacts.jar(), deployment.jar());
        files.put(artifacts.release(), deployment.release());
    }

    /** Tells each file that is missing or differs, and what puts it there. */
    void tell(BiConsumer<Change, Runnable> changes) {
        if (folder.startsWith("/")) {
            files.forEach((local, name) -> tell(local, folder + "/" + name, changes));
        }
    }

    private void tell(Path local, String path, BiConsumer<Change, Runnable> changes) {
        OptionalLong there = size(path);
        OptionalLong here = size(local);
        if (here.isEmpty() && there.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.DEPLOY_PLATFORM,
                    SourceSpan.of(local.toString()),
                    "Cannot upload '" + path + "': there is no such file here, and none there",
                    "Build it with 'ingot package'."));
        }
        Runnable upload = () -> upload(local, path);
        if (there.isEmpty()) {
            changes.accept(new Change(Change.Kind.CREATE, "file " + path, List.of()), upload);
        } else if (here.isPresent() && !here.equals(there)) {
            Difference size = new Difference("size", Long.toString(there.getAsLong()), Long.toString(here.getAsLong()));
            changes.accept(new Change(Change.Kind.UPDATE, "file " + path, List.of(size)), upload);
        }
    }

    private static OptionalLong size(Path local) {
        try {
            return Files.isRegularFile(local) ? OptionalLong.of(Files.size(local)) : OptionalLong.empty();
        } catch (IOException gone) {
            return OptionalLong.empty();
        }
    }

    private OptionalLong size(String path) {
        String what = "look at the file '" + path + "'";
        try {
            return OptionalLong.of(
                    isWorkspace()
                            ? api.get("/api/2.0/workspace/get-status", Map.of("path", path), what)
                                    .path("size")
                                    .asLong()
                            : api.size(path, what));
        } catch (IngotException refused) {
            if (ApiErrors.isMissing(refused)) {
                return OptionalLong.empty();
            }
            throw refused;
        }
    }

    private void upload(Path local, String path) {
        String what = "upload '" + path + "'";
        if (!isWorkspace()) {
            api.upload(local, path, what);
            return;
        }
        byte[] content = read(local);
        if (content.length > WORKSPACE_LIMIT) {
            throw new IngotException(Diagnostic.error(
                    Code.DEPLOY_PLATFORM,
                    SourceSpan.of(local.toString()),
                    "Cannot " + what + ": it has " + content.length + " bytes, and the workspace takes "
                            + WORKSPACE_LIMIT,
                    "Keep the 'artifacts' in a volume, as '/Volumes/main/ops/ingot'."));
        }
        api.send("POST", "/api/2.0/workspace/mkdirs", Map.of("path", folder), "make the folder '" + folder + "'");
        api.send(
                "POST",
                "/api/2.0/workspace/import",
                Map.of(
                        "path",
                        path,
                        "format",
                        "RAW",
                        "overwrite",
                        true,
                        "content",
                        Base64.getEncoder().encodeToString(content)),
                what);
    }

    private boolean isWorkspace() {
        return folder.startsWith("/Workspace/");
    }

    private static byte[] read(Path local) {
        try {
            return Files.readAllBytes(local);
        } catch (IOException unreadable) {
            throw new IngotException(
                    Diagnostic.error(
                            Code.DEPLOY_PLATFORM,
                            SourceSpan.of(local.toString()),
                            "Cannot read the file to upload: " + unreadable.getMessage(),
                            ""),
                    unreadable);
        }
    }
}
