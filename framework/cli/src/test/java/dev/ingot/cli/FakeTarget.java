package dev.ingot.cli;

import dev.ingot.deploy.Change;
import dev.ingot.deploy.RemoteRun;
import dev.ingot.deploy.Submission;
import dev.ingot.deploy.Workspace;
import dev.ingot.diagnostics.IngotException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;

/** A project with a fake platform, which records all calls. */
final class FakeTarget implements Workspace {

    final List<Change> changes = new ArrayList<>();
    final List<Change> applied = new ArrayList<>();
    final List<Submission> submissions = new ArrayList<>();
    Optional<IngotException> refusal = Optional.empty();
    boolean reachable = true;
    int connections;

    private final Path root;

    FakeTarget(Path root) throws IOException {
        this.root = root;
        write("conf/project.yml", "name: shop\nvariables: {least: {type: int, default: 5}}\n");
        write("conf/env/prod.yml", """
                lake: abfss://lake@acct.dfs.core.windows.net/shop
                deploy:
                  schedule: {cron: "0 6 * * *"}
                  databricks:
                    artifacts: /Volumes/main/ops/ingot
                    run_as: ada@example.com
                    cluster: {spark_version: v, node_type: n, workers: 2}
                """);
        pipeline("daily", "");
        pipeline("hourly", "schedule: {cron: '0 * * * *'}\n");
        write("target/ingot-job_2.12-0.1.0.jar", "a jar");
    }

    /** Writes a pipeline of the table 'bronze.name'. */
    void pipeline(String name, String schedule) throws IOException {
        write("pipelines/" + name + ".yml", "name: " + name + "\n" + schedule + """
                source: {rows: [{id: 1}]}
                target: {layer: bronze, mode: append}
                """);
    }

    void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    record Ended(int code, String out, String err) {}

    Ended run(Function<DeployTargets, Object> command, String... arguments) {
        DeployTargets targets = new DeployTargets(
                () -> new JobJar(root.resolve("target/ingot-job_2.12-0.1.0.jar")), (declared, artifacts) -> {
                    connections++;
                    return reachable ? Optional.of(this) : Optional.empty();
                });
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.configured(command.apply(targets))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        List<String> allArguments =
                new ArrayList<>(List.of("--project", root.toString(), "--env", "prod", "databricks"));
        allArguments.addAll(List.of(arguments));
        int code = line.execute(allArguments.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }

    @Override
    public List<Change> changes() {
        return List.copyOf(changes);
    }

    @Override
    public void apply(List<Change> allowed) {
        applied.addAll(allowed);
    }

    @Override
    public RemoteRun submit(Submission submission) {
        submissions.add(submission);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        return new FakeRemoteRun(RemoteRun.Phase.SUCCEEDED);
    }

    @Override
    public void close() {}
}
