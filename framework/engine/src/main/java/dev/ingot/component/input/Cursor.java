package dev.ingot.component.input;

import java.util.List;

/**
 * The inputs that the committed batches have read from one source.
 *
 * @param inputs oldest first
 */
public record Cursor(List<Input> inputs) {

    public Cursor {
        inputs = List.copyOf(inputs);
    }

    /** Returns the cursor of a source from which nothing has been read. */
    public static Cursor start() {
        return new Cursor(List.of());
    }
}
