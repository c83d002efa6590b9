package dev.ingot.cli.reference;

import dev.ingot.component.ComponentCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes and checks the generated files of a project: three JSON Schemas for editors, and the reference page. */
public final class ReferenceFiles {

    private ReferenceFiles() {}

    /**
     * Writes all generated files.
     *
     * @param projectRoot the folder that holds {@code conf} and {@code pipelines}, which are created when missing
     */
    public static void write(Path projectRoot, ComponentCatalog catalog) throws IOException {
        for (Map.Entry<String, String> file : all(catalog).entrySet()) {
            Path path = projectRoot.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /** Returns the files that are missing or outdated, as paths below the project. */
    public static List<String> outdated(Path projectRoot, ComponentCatalog catalog) throws IOException {
        List<String> outdated = new ArrayList<>();
        for (Map.Entry<String, String> file : all(catalog).entrySet()) {
            if (!file.getValue().equals(read(projectRoot.resolve(file.getKey())))) {
                outdated.add(file.getKey());
            }
        }
        return outdated;
    }

    private static Map<String, String> all(ComponentCatalog catalog) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pipelines/pipeline.schema.json", Schemas.pipeline(catalog));
        files.put("pipelines/REFERENCE.md", Reference.markdown(catalog));
        files.put("conf/project.schema.json", Schemas.project(catalog));
        files.put("conf/environment.schema.json", Schemas.environment());
        return files;
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            return "";
        }
    }
}
