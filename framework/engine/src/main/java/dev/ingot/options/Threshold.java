package dev.ingot.options;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit for a number of rows: a count such as {@code 10}, or a percentage such as {@code 1%}.
 *
 * @param amount a number of rows, or a percentage
 */
public record Threshold(double amount, Unit unit) {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,15})|(\\d{1,3}(?:\\.\\d{1,9})?) *%");

    /** The unit of the amount. */
    public enum Unit {
        ROWS,
        PERCENT
    }

    /** Parses {@code 10} or {@code 0.5%}; returns empty for anything else. */
    public static Optional<Threshold> parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            return Optional.empty();
        }
        if (written.group(1) != null) {
            return Optional.of(new Threshold(Double.parseDouble(written.group(1)), Unit.ROWS));
        }
        return Optional.of(new Threshold(Double.parseDouble(written.group(2)), Unit.PERCENT))
                .filter(percentage -> percentage.amount() <= 100);
    }

    /** Returns whether {@code violations} among {@code rows} are more than allowed. */
    public boolean exceededBy(long violations, long rows) {
        return unit == Unit.ROWS ? violations > amount : violations * 100.0 > amount * rows;
    }

    @Override
    public String toString() {
        String number = amount == Math.rint(amount) ? Long.toString((long) amount) : Double.toString(amount);
        return unit == Unit.ROWS ? number : number + "%";
    }
}
