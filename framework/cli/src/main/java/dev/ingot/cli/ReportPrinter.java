package dev.ingot.cli;

import dev.ingot.run.history.Outcome;
import dev.ingot.run.history.RunReport;
import dev.ingot.run.write.RowCounts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints the report of a run: the summary on standard output, failures and warnings on standard error. */
record ReportPrinter(PrintWriter out, PrintWriter err) {

    void print(RunReport report, OutputFormat format) {
        List<Map<String, Object>> rows = new ArrayList<>();
        report.pipelines().forEach(pipeline -> rows.add(row(pipeline, format)));
        ResultTable.of(rows).print(format, out);
        report.pipelines().forEach(pipeline -> {
            pipeline.warnings().forEach(warning -> err.println("warning  " + warning));
            pipeline.outcome()
                    .violations()
                    .forEach((rule, count) -> err.println(
                            "rule     " + pipeline.id() + "  " + rule + ": " + NumberText.count(count, "row")));
        });
        if (!report.failures().isEmpty()) {
            err.println();
            DiagnosticsPrinter.print(report.failures(), err);
        }
        long failed = report.pipelines().stream()
                .filter(pipeline -> pipeline.outcome() instanceof Outcome.Failed)
                .count();
        err.println("run " + report.run().id() + (failed == 0 ? " done" : " failed") + " in "
                + NumberText.seconds(report.duration()));
        err.flush();
    }

    private static Map<String, Object> row(RunReport.PipelineReport pipeline, OutputFormat format) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("table", pipeline.id().toString());
        row.put("outcome", pipeline.outcome().word());
        RowCounts counts = RowCounts.NONE;
        if (pipeline.outcome() instanceof Outcome.Written written) {
            row.put("version", written.after());
            counts = written.counts();
        } else if (pipeline.outcome() instanceof Outcome.NothingNew nothing) {
            row.put("version", nothing.version());
        } else if (pipeline.outcome() instanceof Outcome.Archived archived) {
            row.put("version", archived.version());
        } else {
            row.put("version", "");
        }
        row.put("in", counts.in());
        row.put("inserted", counts.inserted());
        row.put("updated", counts.updated());
        row.put("deleted", counts.deleted());
        row.put("unchanged", counts.unchanged());
        row.put("superseded", counts.superseded());
        row.put("dropped", counts.dropped());
        row.put("quarantined", counts.quarantined());
        row.put("seconds", pipeline.duration().toMillis() / 1000.0);
        if (format == OutputFormat.JSON && pipeline.outcome() instanceof Outcome.Written written) {
            row.put("inputs", written.inputs());
            row.put("violations", written.violations());
        }
        return row;
    }
}
