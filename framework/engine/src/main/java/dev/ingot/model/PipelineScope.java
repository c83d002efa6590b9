package dev.ingot.model;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.options.ValueScope;
import dev.ingot.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The values of the project, and the files that lie beside a pipeline. */
record PipelineScope(ValueScope values, Path root, Path folder) implements ValueScope {

    @Override
    public Optional<String> resolve(YamlNode.Scalar scalar, Diagnostics diagnostics) {
        return values.resolve(scalar, diagnostics);
    }

    @Override
    public Set<String> parameters() {
        return values.parameters();
    }

    @Override
    public Optional<String> file(YamlNode.Scalar path, Diagnostics diagnostics) {
        try {
            Path real = folder.resolve(path.text()).toRealPath();
            if (real.startsWith(root.toRealPath())) {
                return Optional.of(Files.readString(real));
            }
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_FILE,
                    path.span(),
                    "Cannot read the file '" + path.text() + "': it lies outside the project",
                    "Copy it into the project, beside the pipeline."));
        } catch (IOException missing) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_FILE,
                    path.span(),
                    "Cannot read the file '" + path.text() + "': it does not exist or may not be read",
                    "The name is relative to the pipeline's folder, " + root.relativize(folder) + "."));
        }
        return Optional.empty();
    }
}
