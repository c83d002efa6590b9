package dev.ingot.cli;

import dev.ingot.cli.reference.ReferenceFiles;
import dev.ingot.cli.reference.Schemas;
import dev.ingot.component.ComponentCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ingot schema}: prints the JSON Schemas of the project's YAML files, for editors. */
@Command(
        name = "schema",
        description =
                "Prints the JSON Schema of a kind of YAML file, for editors; or writes all schemas into a project.")
final class SchemaCommand implements Callable<Integer> {

    /** The kinds of YAML files that have a schema. */
    enum Kind {
        PIPELINE,
        PROJECT,
        ENVIRONMENT
    }

    @Parameters(
            paramLabel = "KIND",
            arity = "0..1",
            description = "pipeline, project or environment (default: pipeline).")
    private Kind kind = Kind.PIPELINE;

    @Option(names = "--write", description = "Writes all schemas and pipelines/REFERENCE.md into the project instead.")
    private boolean write;

    @Option(names = "--project", paramLabel = "DIR", description = "The project's folder (default: the current one).")
    private Path root = Path.of("");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ComponentCatalog catalog = ComponentCatalog.load();
        if (write) {
            ReferenceFiles.write(root, catalog);
        } else {
            String schema = switch (kind) {
                case PIPELINE -> Schemas.pipeline(catalog);
                case PROJECT -> Schemas.project(catalog);
                case ENVIRONMENT -> Schemas.environment();
            };
            spec.commandLine().getOut().print(schema);
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
