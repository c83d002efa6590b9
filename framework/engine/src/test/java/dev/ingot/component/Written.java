package dev.ingot.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.component.rows.Analysis;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.options.OptionsReader;
import dev.ingot.options.ValueScope;
import dev.ingot.yaml.YamlNode;
import dev.ingot.yaml.YamlReader;
import java.util.Optional;
import org.junit.jupiter.api.function.Executable;

/** Reads the YAML of steps and checks, such as {@code filter: distance > 0}, and returns their options or errors. */
public final class Written {

    private static final String FILE = "test.yml";

    private Written() {}

    /** Returns the options of a valid step or check. */
    public static <O extends Record> O options(Class<O> type, String yaml) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<O> options = read(type, yaml, diagnostics);
        diagnostics.throwIfErrors();
        return options.orElseThrow();
    }

    /** Returns the only error in the options of a step or a check, as "line:column summary". */
    public static <O extends Record> String mistake(Class<O> type, String yaml) {
        Diagnostics diagnostics = new Diagnostics();
        read(type, yaml, diagnostics);
        assertEquals(1, diagnostics.all().size(), diagnostics::toString);
        return place(diagnostics.all().get(0).span().toString()) + " "
                + diagnostics.all().get(0).summary();
    }

    /** Returns the error of Spark's analyzer, or of a step itself, as "line:column reason". */
    public static String refusal(Executable step) {
        Analysis.Failure failure = assertThrows(Analysis.Failure.class, step);
        return place(failure.span().toString()) + " " + failure.getCause().getMessage();
    }

    private static <O extends Record> Optional<O> read(Class<O> type, String yaml, Diagnostics diagnostics) {
        YamlNode.Mapping step =
                (YamlNode.Mapping) YamlReader.parse(yaml, FILE, diagnostics).get(0);
        String name = step.keys().iterator().next();
        YamlNode options = step.value(name).orElseThrow();
        return new OptionsReader(ValueScope.none(), diagnostics).read(type, options, "'" + name + "'");
    }

    private static String place(String span) {
        return span.substring(FILE.length() + 1);
    }
}
