package dev.ingot.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.ingot.component.ComponentCatalog;
import dev.ingot.component.ComponentKind;
import dev.ingot.component.Trait;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;

/** {@code validate} must finish within a second and work without Spark, so it must not load any Spark class. */
class PlanningWithoutSparkTest {

    /** The two tables that the examples read, and the pipeline with all sources, steps and checks. */
    private static final int OTHERS = 3;

    @Test
    void plansEveryComponentWithoutSpark(@TempDir Path folder) throws Exception {
        URL[] classes = Stream.of(ComponentCatalog.class, WrittenProject.class, LoaderOptions.class, JsonTypeInfo.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
        try (URLClassLoader withoutSpark = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
            assertThrows(
                    ClassNotFoundException.class, () -> withoutSpark.loadClass("org.apache.spark.sql.SparkSession"));
            Class<?> type = withoutSpark.loadClass(WrittenProject.class.getName());
            Object project =
                    type.getConstructor(Path.class, String.class).newInstance(folder, projectWithEveryComponent());
            Object plan = type.getMethod("plan").invoke(project);
            List<?> pipelines = (List<?>) plan.getClass().getMethod("pipelines").invoke(plan);

            assertEquals(
                    OTHERS + WrittenProject.CATALOG.names(ComponentKind.TARGET).size(), pipelines.size());
        }
    }

    /**
     * Returns a pipeline with every source, step and check, one for each mode, and the tables that the examples read.
     */
    private static String projectWithEveryComponent() {
        String aliases = Stream.of("airports", "flights_of_2023", "flights_of_2024")
                .map(alias -> "  " + alias + ":\n    rows: [{x: 1}]\n")
                .collect(Collectors.joining());
        return "-- conf/project.yml --\nname: test\nlayers:\n"
                + "  bronze: {reads: [outside, bronze, silver]}\n  silver: {reads: [outside]}\n  gold: {reads: [outside, bronze]}\n"
                + rows("bronze", "flights", "append")
                + rows("silver", "airports", "append")
                + "-- pipelines/everything.yml --\nname: everything\nsources:\n"
                + aliases
                + each(ComponentKind.SOURCE, "  x_", ":\n    ")
                + "input: x_table\ntransformations:\n"
                + each(ComponentKind.TRANSFORMATION, "  - #", "\n    ")
                + "quality:\n"
                + each(ComponentKind.CHECK, "  - #", "\n    ")
                + "target: {layer: bronze, mode: overwrite}\n"
                + WrittenProject.CATALOG.all(ComponentKind.TARGET).stream()
                        .map(mode -> "-- pipelines/mode_" + mode.name() + ".yml --\nname: mode_" + mode.name()
                                + "\nsource:\n  " + (mode.has(Trait.VIEW) ? "table: bronze.flights" : "rows: [{x: 1}]")
                                + "\ntarget: " + mode.example() + "\n")
                        .collect(Collectors.joining());
    }

    private static String rows(String layer, String name, String mode) {
        return "-- pipelines/" + name + ".yml --\nname: " + name + "\nsource:\n  rows: [{x: 1}]\ntarget: {layer: "
                + layer + ", mode: " + mode + "}\n";
    }

    private static String each(ComponentKind kind, String before, String between) {
        return WrittenProject.CATALOG.all(kind).stream()
                .map(component -> before + component.name() + between
                        + component.example().replace("\n", "\n    ") + "\n")
                .collect(Collectors.joining());
    }
}
