package dev.ingot.deploy.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.Command;
import dev.ingot.deploy.TextFiles;
import dev.ingot.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A DAG file imported by Python, with stubs in place of Airflow's modules.
 *
 * @param declaration what it declares, see {@code import_dag.py}; if it cannot be imported, the reason under "error"
 */
record ImportedDag(JsonNode declaration) {

    private static final Path RUNNER = Path.of("src/test/resources/dev/ingot/deploy/airflow/import_dag.py");

    static ImportedDag of(Path folder, String text, int airflow) throws IOException, InterruptedException {
        Tools.assumeInstalled("python3");
        Path file = Files.writeString(folder.resolve("dag.py"), text);
        // Debian's own Python, which can import Debian's Jinja; otherwise the first Python on the path.
        String python = Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
        Command command = Command.run(python, "-B", RUNNER.toString(), file.toString(), Integer.toString(airflow));
        String last = command.output().strip().lines().reduce("", (before, line) -> line);
        return new ImportedDag(TextFiles.readJson(command.code() == 0 ? last : TextFiles.json(Map.of("error", last))));
    }

    JsonNode task(String id) {
        for (JsonNode task : declaration.get("tasks")) {
            if (task.get("id").asText().equals(id)) {
                return task;
            }
        }
        throw new IllegalArgumentException("no task " + id + " in " + declaration);
    }

    /** Returns the tasks, each with its upstream tasks. */
    Map<String, String> upstream() {
        Map<String, String> upstream = new TreeMap<>();
        declaration.get("tasks").forEach(task -> {
            TreeSet<String> before = new TreeSet<>();
            task.get("upstream").forEach(name -> before.add(name.asText()));
            upstream.put(task.get("id").asText(), String.join(" ", before));
        });
        return upstream;
    }
}
