package dev.ingot.model;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.ValueScope;
import dev.ingot.yaml.YamlNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Resolves the values of the project, and the files in a pipeline's folder. */
record PipelineScope(ValueScope values, Path root, Path folder) implements ValueScope {

    /** The largest file that is read, in bytes. */
    private static final int MAX_BYTES = 1 << 20;

    @Override
    public Optional<String> resolve(YamlNode.Scalar scalar, Diagnostics diagnostics) {
        return values.resolve(scalar, diagnostics);
    }

    @Override
    public Set<String> parameters() {
        return values.parameters();
    }

    @Override
    public Optional<YamlNode.Scalar> file(YamlNode.Scalar path, Diagnostics diagnostics) {
        try {
            Path file = folder.resolve(path.text()).normalize();
            Path real = file.toRealPath();
            if (!file.startsWith(root) || !real.startsWith(root.toRealPath())) {
                return report(path, "it is outside the project", "Copy it into the project.", diagnostics);
            }
            if (Files.size(real) > MAX_BYTES) {
                return report(path, "it is larger than 1 MiB", "A query needs a few kilobytes.", diagnostics);
            }
            SourceSpan start = new SourceSpan(root.relativize(file).toString(), 1, 1);
            return Optional.of(new YamlNode.Scalar(Files.readString(real), false, start));
        } catch (CharacterCodingException notText) {
            return report(path, "it is not UTF-8 text", "Save it as UTF-8.", diagnostics);
        } catch (IOException | InvalidPathException missing) {
            String remedy = "The name is relative to the pipeline's folder, " + root.relativize(folder) + ".";
            return report(path, "it does not exist or may not be read", remedy, diagnostics);
        }
    }

    private static Optional<YamlNode.Scalar> report(
            YamlNode.Scalar path, String reason, String remedy, Diagnostics diagnostics) {
        diagnostics.add(Diagnostic.error(
                Code.SPEC_FILE, path.span(), "Cannot read the file '" + path.text() + "': " + reason, remedy));
        return Optional.empty();
    }
}
