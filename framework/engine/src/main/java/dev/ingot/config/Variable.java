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
        @Option(description = "The value when nothing else gives one.", example = "4.5") Optional<String> default_,
        @Option(description = "What the variable means.") Optional<String> description) {

    /** The types of variables. */
    public enum Type {
        STRING,
        INT,
        DOUBLE,
        DECIMAL,
        BOOLEAN,
        DATE;

        /** A text as a value of this type; empty when it is not one. */
        public Optional<Object> parse(String text) {
            try {
                return switch (this) {
                    case STRING -> Optional.of(text);
                    case INT -> Optional.of(Long.valueOf(text));
                    case DOUBLE -> Optional.of(Double.valueOf(text));
                    case DECIMAL -> Optional.of(new BigDecimal(text));
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
    }
}
