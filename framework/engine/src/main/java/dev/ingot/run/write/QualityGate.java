package dev.ingot.run.write;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.RowRule;
import dev.ingot.compile.TableRule;
import dev.ingot.component.TableCheck;
import dev.ingot.definition.OnViolation;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.model.Bound;
import dev.ingot.model.RuleName;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Decides before the commit whether a batch may be written, by the rules that fail a run and all tolerances. */
public final class QualityGate {

    private final CompiledPlan plan;
    private final Diagnostics refusals = new Diagnostics();

    public QualityGate(CompiledPlan plan) {
        this.plan = plan;
    }

    /**
     * Checks the rules for rows by their counts.
     *
     * @param violations the number of rows that violate each rule
     * @param rows the number of all rows of the batch
     */
    public QualityGate rows(Map<String, Long> violations, long rows) {
        for (RowRule rule : plan.rules()) {
            long count = violations.getOrDefault(rule.name(), 0L);
            boolean intolerant =
                    rule.action() == OnViolation.FAIL && rule.tolerance().isEmpty();
            boolean exceeded =
                    rule.tolerance().map(limit -> limit.exceededBy(count, rows)).orElse(intolerant && count > 0);
            if (exceeded) {
                refuse(
                        rule.name(),
                        rule.tolerance()
                                .map(limit -> count + " of " + rows + " rows violate it, at most " + limit + " may")
                                .orElse(count + " of " + rows + " rows violate it"));
            }
        }
        plan.diversions().stream()
                .filter(diversion -> diversion.action() == OnViolation.FAIL)
                .filter(diversion -> violations.getOrDefault(diversion.rule(), 0L) > 0)
                .forEach(diversion -> refuse(diversion.rule(), violations.get(diversion.rule()) + " rows violate it"));
        return this;
    }

    /**
     * Checks the rules for the table.
     *
     * @param table the table after the batch
     * @param batch the rows to write
     * @param violations receives the number of violations of each rule
     */
    public QualityGate table(Dataset<Row> table, Dataset<Row> batch, Map<String, Long> violations) {
        for (TableRule rule : plan.tableRules()) {
            TableCheck.Finding finding = rule.evaluate(table, batch);
            if (finding.violations() > 0) {
                violations.merge(rule.name(), finding.violations(), Long::sum);
            }
            boolean percent = rule.check().settings().maxViolations().isPresent();
            long rows = percent && finding.violations() > 0 ? table.count() : 0;
            if (rule.action() == OnViolation.FAIL && rule.isViolated(finding, rows)) {
                refuse(rule.name(), finding.detail());
            }
        }
        return this;
    }

    /** Throws when a rule refused the batch. */
    public void decide() {
        refusals.throwIfErrors();
    }

    private void refuse(String rule, String detail) {
        refusals.add(refusal(plan, rule, Optional.of(detail)));
    }

    /** Returns the diagnostic for a rule that refuses a batch. */
    static Diagnostic refusal(CompiledPlan plan, String rule, Optional<String> detail) {
        SourceSpan span = plan.plan().definition().checks().stream()
                .filter(check -> RuleName.of(check).equals(rule))
                .map(Bound::span)
                .findFirst()
                .orElse(plan.plan().span());
        boolean view = plan.plan().isView();
        return Diagnostic.error(
                Code.DATA_GATE,
                span,
                (view
                                ? "Cannot let pipelines read " + plan.plan().id()
                                : "Cannot write " + plan.plan().id())
                        + ": the rule " + rule + " failed"
                        + detail.map(text -> " (" + text + ")").orElse(""),
                (view ? "The pipelines that read the view are skipped. " : "The table is unchanged. ")
                        + "Fix the data, or change the rule's 'on_violation' or 'max_violations'.");
    }
}
