package dev.ingot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ingot doctor}: looks whether an environment is fit for a run. */
@Command(
        name = "doctor",
        description =
                "Looks whether Spark, the lake, the secrets and what rows come from can be reached, and whether the"
                        + " tables can be read; says what is wrong.")
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
