package dev.ingot.options;

import java.util.Optional;

/**
 * How many rows something may concern: a count such as {@code 10}, or a share such as {@code 1%}.
 *
 * @param amount a number of rows, or a number of percent
 */
public record Threshold(double amount, Unit unit) {

    /** What the amount counts. */
    public enum Unit {
        ROWS,
        PERCENT
    }

    /** Reads {@code 10} or {@code 0.5%}; empty for anything else. */
    public static Optional<Threshold> parse(String text) {
        String trimmed = text.strip();
        boolean percent = trimmed.endsWith("%");
        try {
            double amount = Double.parseDouble(percent ? trimmed.substring(0, trimmed.length() - 1) : trimmed);
            boolean valid = amount >= 0 && (percent ? amount <= 100 : amount == Math.rint(amount));
            return valid ? Optional.of(new Threshold(amount, percent ? Unit.PERCENT : Unit.ROWS)) : Optional.empty();
        } catch (NumberFormatException notNumber) {
            return Optional.empty();
        }
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
