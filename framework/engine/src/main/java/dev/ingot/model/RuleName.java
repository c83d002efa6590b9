package dev.ingot.model;

import dev.ingot.definition.CheckSettings;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import dev.ingot.options.OptionValues;
import java.util.List;

/** Names checks in reports and in the quarantine. */
public final class RuleName {

    private static final int MAX_LENGTH = 60;

    private RuleName() {}

    /** Returns the name in the file, or the check's kind with its columns or expression: {@code not_null(id)}. */
    public static String of(Bound<CheckSettings> check) {
        return check.settings().name().orElseGet(() -> derived(check));
    }

    private static String derived(Bound<CheckSettings> check) {
        List<ColumnName> columns = OptionValues.of(check.options(), ColumnName.class);
        List<Expression> expressions = OptionValues.of(check.options(), Expression.class);
        String subject = !columns.isEmpty()
                ? String.join(
                        ", ", ColumnName.names(columns).stream().distinct().toList())
                : expressions.isEmpty() ? "" : expressions.get(0).text().strip().replaceAll("\\s+", " ");
        String shortened = subject.length() > MAX_LENGTH ? subject.substring(0, MAX_LENGTH - 3) + "..." : subject;
        return shortened.isEmpty()
                ? check.component().name()
                : check.component().name() + "(" + shortened + ")";
    }
}
