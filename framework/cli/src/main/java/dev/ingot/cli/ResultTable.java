package dev.ingot.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingot.secrets.Redaction;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints rows on standard output: aligned columns for people, a line of JSON for each row for programs. */
record ResultTable(List<Map<String, Object>> rows) {

    private static final int MAX_CELL_WIDTH = 60;

    static ResultTable of(List<Map<String, Object>> rows) {
        return new ResultTable(List.copyOf(rows));
    }

    void print(OutputFormat format, PrintWriter out) {
        if (format == OutputFormat.JSON) {
            rows.forEach(row -> out.println(json(row)));
        } else {
            printText(out);
        }
        out.flush();
    }

    private void printText(PrintWriter out) {
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (Map<String, Object> row : rows) {
            row.forEach((name, value) ->
                    widths.merge(name, Math.max(name.length(), text(value).length()), Math::max));
        }
        if (widths.isEmpty()) {
            return;
        }
        List<String> header = new ArrayList<>();
        widths.forEach((name, width) -> header.add(padded(name.toUpperCase(Locale.ROOT), width, false)));
        out.println(String.join("  ", header).stripTrailing());
        for (Map<String, Object> row : rows) {
            List<String> cells = new ArrayList<>();
            widths.forEach((name, width) -> {
                Object value = row.get(name);
                cells.add(padded(text(value), width, value instanceof Number));
            });
            out.println(String.join("  ", cells).stripTrailing());
        }
    }

    private static String padded(String text, int width, boolean right) {
        String pad = " ".repeat(Math.max(0, width - text.length()));
        return right ? pad + text : text + pad;
    }

    private static String text(Object value) {
        // Redacted before it is truncated: a part of a secret's value would not be recognized.
        String text =
                Redaction.redact(String.valueOf(value == null ? "" : value)).replace("\n", " ");
        return text.length() > MAX_CELL_WIDTH ? text.substring(0, MAX_CELL_WIDTH - 3) + "..." : text;
    }

    private static String json(Map<String, Object> row) {
        try {
            return new ObjectMapper().writeValueAsString(row);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
