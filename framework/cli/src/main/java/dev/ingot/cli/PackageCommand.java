package dev.ingot.cli;

import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.ReleaseCheck;
import dev.ingot.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ingot package}: packs the project into one versioned file and puts the job jar beside it. */
@Command(
        name = "package",
        description =
                "Packs the project's files into a release and writes it into a folder beside the job jar, both named"
                        + " by their content: all that a platform needs.")
final class PackageCommand implements Callable<Integer> {

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "The folder for both (default: target/releases below the project).")
    private Path folder;

    @Option(names = "--output", description = "text or json (default: text).")
    private OutputFormat output = OutputFormat.TEXT;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        LogicalPlan plan = SelectedPlan.checked(project, spec.commandLine().getErr());
        // Printed before the release is uploaded anywhere.
        DiagnosticsPrinter.print(
                ReleaseCheck.of(plan).stream().map(Diagnostic::asWarning).toList(),
                spec.commandLine().getErr());
        Release release = Release.of(plan.project().name(), plan.project().root());
        Path to = folder == null ? plan.project().root().resolve("target/releases") : folder;
        JobJar job = JobJar.find();
        Path jar = to.resolve(job.name());
        Files.createDirectories(to);
        Files.write(to.resolve(release.fileName()), release.zip());
        Files.copy(job.file(), jar, StandardCopyOption.REPLACE_EXISTING);
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.add(row("release", to.resolve(release.fileName()), release.files().size() + " files"));
        rows.add(row("job jar", jar, ""));
        ResultTable.of(rows).print(output, spec.commandLine().getOut());
        return 0;
    }

    private static Map<String, Object> row(String what, Path file, String holds) throws IOException {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("what", what);
        row.put("file", file.toString());
        row.put("bytes", Files.size(file));
        row.put("content", holds);
        return row;
    }
}
