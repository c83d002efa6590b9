package dev.ingot.component.input;

import java.util.List;

/**
 * What has been read from one source by the batches that count.
 *
 * @param inputs oldest first
 */
public record Cursor(List<Input> inputs) {

    public Cursor {
        inputs = List.copyOf(inputs);
    }

    /** Nothing has been read yet. */
    public static Cursor start() {
        return new Cursor(List.of());
    }
}
