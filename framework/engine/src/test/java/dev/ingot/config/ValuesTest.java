package dev.ingot.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.yaml.YamlNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {

    private static final RunValues RUN =
            new RunValues("run-1", LocalDate.parse("2024-05-06"), Instant.parse("2024-05-06T07:08:09Z"));

    private final Diagnostics diagnostics = new Diagnostics();
    private final Values values = new Values(variables(), Map.of("HOME", "/home/me", "EMPTY", ""), RUN);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain | plain",
                "${var:landing}/flights | in/flights",
                "${var:late} | 15",
                "${env:HOME} | /home/me",
                "[${env:EMPTY}] | []",
                "${run:id}-${run:date} | run-1-2024-05-06",
                "${run:started_at} | 2024-05-06T07:08:09Z",
                "$${var:landing} | ${var:landing}",
                "$${ and $${ | ${ and ${",
                "a$${b}${run:id}$${ | a${b}run-1${",
                "$$ {x} $ | $$ {x} $",
                "${var:tricky} | ${run:id}"
            })
    void replacesReferencesOnce(String text, String resolved) {
        assertEquals(Optional.of(resolved), resolve(text));
        assertEquals(List.of(), diagnostics.all());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${var:nope} | CONF_VARIABLE",
                "${env:NOPE} | CONF_UNSET",
                "${run:nope} | CONF_REFERENCE",
                "${nope:x} | CONF_REFERENCE",
                "${nope} | CONF_REFERENCE",
                "${} | CONF_REFERENCE",
                "${var:landing | CONF_REFERENCE",
                "${ | CONF_REFERENCE",
                "${secret:kv/x} | CONF_SECRET_PLACE",
                "${var:${env:HOME}} | CONF_VARIABLE"
            })
    void reportsUnresolvableReferences(String text, Code code) {
        assertEquals(Optional.empty(), resolve(text));
        assertEquals(
                List.of(code), diagnostics.all().stream().map(Diagnostic::code).toList());
    }

    @Test
    void providesTypedParametersToExpressions() {
        assertEquals(
                List.of("run_id", "run_date", "run_started_at", "var_landing", "var_late", "var_tricky"),
                List.copyOf(values.parameterValues().keySet()));
        assertEquals(15L, values.parameterValues().get("var_late"));
        assertEquals(LocalDate.parse("2024-05-06"), values.parameterValues().get("run_date"));
    }

    @Test
    void usesTheValuesOfAnotherRunForAReplay() {
        RunValues other = new RunValues("run-0", LocalDate.parse("2024-01-01"), Instant.EPOCH);

        assertEquals("run-0", values.forRun(other).parameterValues().get("run_id"));
        assertEquals(15L, values.forRun(other).parameterValues().get("var_late"));
    }

    private Optional<String> resolve(String text) {
        return values.resolve(new YamlNode.Scalar(text, true, SourceSpan.of("test.yml")), diagnostics);
    }

    private static Map<String, Setting<Object>> variables() {
        Map<String, Setting<Object>> variables = new LinkedHashMap<>();
        variables.put("landing", new Setting<>("landing", "in", "test"));
        variables.put("late", new Setting<>("late", 15L, "test"));
        variables.put("tricky", new Setting<>("tricky", "${run:id}", "test"));
        return variables;
    }
}
