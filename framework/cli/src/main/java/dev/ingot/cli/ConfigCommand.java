package dev.ingot.cli;

import dev.ingot.config.Project;
import dev.ingot.config.Setting;
import dev.ingot.diagnostics.Diagnostics;
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

/** {@code ingot config}: prints every effective setting and its origin; secrets are masked. */
@Command(name = "config", description = "Prints every effective setting and where it comes from.")
final class ConfigCommand implements Callable<Integer> {

    @Mixin
    private ProjectOptions options = new ProjectOptions();

    @Option(names = "--output", description = "text or json (default: text).")
    private OutputFormat output = OutputFormat.TEXT;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Diagnostics diagnostics = new Diagnostics();
        Project project = options.project(diagnostics).orElse(null);
        diagnostics.throwIfErrors();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Setting<?> setting : project.settings()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("setting", setting.name());
            row.put("value", setting.value().toString());
            row.put("from", setting.origin());
            rows.add(row);
        }
        ResultTable.of(rows).print(output, spec.commandLine().getOut());
        return 0;
    }
}
