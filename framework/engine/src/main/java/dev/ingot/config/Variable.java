package dev.ingot.config;

import dev.ingot.options.Option;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A variable as declared in {@code conf/project.yml}. */
public record Variable(
        @Option(description = "The type that every value of the variable must have.", defaultValue = "string")
        Type type,

        @Option(description = "The value when nothing else sets one.", example = "4.5")
        Optional<String> default_,

        @Option(description = "What the variable means.") Optional<String> description) {

    /** The types of variables. */
    public enum Type {
        STRING("a text"),
        INT("a whole number such as 4"),
        DOUBLE("a number such as 4.5"),
        DECIMAL("a number such as 4.50"),
        BOOLEAN("true or false"),
        DATE("a date such as 2024-01-31");

        private static final int MAX_DIGITS = 38;

        private final String accepted;

        Type(String accepted) {
            this.accepted = accepted;
        }

        /** Describes in messages how to write a value of this type. */
        public String accepted() {
            return accepted;
        }

        /** Parses a value of this type; returns empty when the text is not one. */
        public Optional<Object> parse(String text) {
            try {
                return switch (this) {
                    case STRING -> Optional.of(text);
                    case INT -> Optional.of(Long.valueOf(text));
                    case DOUBLE ->
                        Optional.<Object>of(new BigDecimal(text).doubleValue())
                                .filter(number -> Double.isFinite((Double) number));
                    case DECIMAL ->
                        Optional.<Object>of(new BigDecimal(text)).filter(number -> fits((BigDecimal) number));
                    case DATE -> Optional.of(LocalDate.parse(text));
                    case BOOLEAN ->
                        text.equals("true") || text.equals("false")
                                ? Optional.of(Boolean.valueOf(text))
                                : Optional.empty();
                };
            } catch (NumberFormatException | DateTimeParseException unfit) {
                return Optional.empty();
            }
        }

        /** Returns whether Spark has a decimal type for the number. */
        private static boolean fits(BigDecimal number) {
            return number.precision() <= MAX_DIGITS && Math.abs(number.scale()) <= MAX_DIGITS;
        }
    }
}
