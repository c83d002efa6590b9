package dev.ingot.options;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many rows something may concern: a count such as {@code 10}, or a share such as {@code 1%}.
 *
 * @param amount a number of rows, or a number of percent
 */
public record Threshold(double amount, Unit unit) {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,15})|(\\d{1,3}(?:\\.\\d{1,9})?) *%");

    /** What the amount counts. */
    public enum Unit {
        ROWS,
        PERCENT
    }

    /** Reads {@code 10} or {@code 0.5%}; empty for anything else. */
    public static Optional<Threshold> parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            return Optional.empty();
        }
        if (written.group(1) != null) {
            return Optional.of(new Threshold(Double.parseDouble(written.group(1)), Unit.ROWS));
        }
        return Optional.of(new Threshold(Double.parseDouble(written.group(2)), Unit.PERCENT))
                .filter(share -> share.amount() <= 100);
    }

    /** Whether {@code violations} among {@code rows} are more than is allowed. */
    public boolean exceededBy(long violations, long rows) {
        return unit == Unit.ROWS ? violations > amount : violations * 100.0 > amount * rows;
    }

    @Override
    public String toString() {
        String number = amount == Math.rint(amount) ? Long.toString((long) amount) : Double.toString(amount);
        return unit == Unit.ROWS ? number : number + "%";
    }
}
