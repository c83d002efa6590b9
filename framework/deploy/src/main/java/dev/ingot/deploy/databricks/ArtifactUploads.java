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
 * Uploads the job jar and the release to the artifacts folder. Their names contain a hash of their content, so a file
 * of the same name differs only after an interrupted upload, which its size reveals. Folders in cloud storage are the
 * user's task: the workspace's API does not reach them.
 */
final class ArtifactUploads {

    /** The largest file that the workspace API accepts in one request, in bytes. */
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

    /** Reports each file that is missing or differs, with the action that uploads it. */
    void plan(BiConsumer<Change, Runnable> changes) {
        if (folder.startsWith("/")) {
            files.forEach((local, name) -> plan(local, folder + "/" + name, changes));
        }
    }

    private void plan(Path local, String path, BiConsumer<Change, Runnable> changes) {
        OptionalLong remoteSize = size(path);
        OptionalLong localSize = size(local);
        if (localSize.isEmpty() && remoteSize.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.DEPLOY_PLATFORM,
                    SourceSpan.of(local.toString()),
                    "Cannot upload '" + path + "': the file exists neither on this machine nor on the platform",
                    "Build it with 'ingot package'."));
        }
        Runnable upload = () -> upload(local, path);
        if (remoteSize.isEmpty()) {
            changes.accept(new Change(Change.Kind.CREATE, "file " + path, List.of()), upload);
        } else if (localSize.isPresent() && !localSize.equals(remoteSize)) {
            Difference size =
                    new Difference("size", Long.toString(remoteSize.getAsLong()), Long.toString(localSize.getAsLong()));
            changes.accept(new Change(Change.Kind.UPDATE, "file " + path, List.of(size)), upload);
        }
    }

    private static OptionalLong size(Path local) {
        try {
            return Files.isRegularFile(local) ? OptionalLong.of(Files.size(local)) : OptionalLong.empty();
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }

    private OptionalLong size(String path) {
        String what = "check the file '" + path + "'";
        try {
            return OptionalLong.of(
                    isWorkspace()
                            ? api.get("/api/2.0/workspace/get-status", Map.of("path", path), what)
                                    .path("size")
                                    .asLong()
                            : api.size(path, what));
        } catch (IngotException failure) {
            if (ApiErrors.isMissing(failure)) {
                return OptionalLong.empty();
            }
            throw failure;
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
                    "Cannot " + what + ": it has " + content.length + " bytes, but the workspace accepts at most "
                            + WORKSPACE_LIMIT,
                    "Use a volume as 'artifacts', such as '/Volumes/main/ops/ingot'."));
        }
        api.send("POST", "/api/2.0/workspace/mkdirs", Map.of("path", folder), "create the folder '" + folder + "'");
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
