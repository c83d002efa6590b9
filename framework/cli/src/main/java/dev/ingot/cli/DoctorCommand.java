package dev.ingot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ingot doctor}: checks whether an environment is ready for a run. */
@Command(
        name = "doctor",
        description =
                "Checks whether Spark, the lake, the secrets and the sources can be reached and whether the tables"
                        + " can be read; reports every problem.")
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private SparkOptions options = new SparkOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new SparkCommands(project, options, spec.commandLine()).doctor();
    }
}
