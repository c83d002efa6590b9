package dev.ingot.component;

import dev.ingot.component.input.Cursor;
import dev.ingot.component.input.Input;
import dev.ingot.component.input.ReadMode;
import dev.ingot.component.input.SourceRows;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/** Reads rows into a pipeline. What a batch reads is determined once ({@link #pending}) and then fixed. */
public non-sealed interface Source<O extends Record> extends Component<O> {

    /** Returns the columns of the rows of {@link #read}, without reading rows. */
    StructType schema(O options, SourceContext context);

    /**
     * Returns what a batch would read now; empty when there is nothing to read.
     *
     * @param mode whether to read all rows or only those not yet read
     * @param cursor what earlier batches have read from this source, oldest first
     */
    Optional<Input> pending(O options, ReadMode mode, Cursor cursor, SourceContext context);

    /** Returns the rows of an input that {@link #pending} returned, now or in an earlier attempt. */
    SourceRows read(O options, Input input, SourceContext context);

    /**
     * Returns whether an input that an earlier batch read under the same alias belongs to this source, not to a previous one.
     */
    boolean reads(O options, Input input);

    /** Returns whether an input can still be read in the state in which it was chosen. */
    default boolean available(O options, Input input, SourceContext context) {
        return true;
    }

    /**
     * Excludes what cannot be read from an input after a failed read, so that the rest can be processed. Returns the
     * input unchanged if all of it is readable.
     */
    default Input withoutUnreadable(O options, Input input, SourceContext context) {
        return input;
    }
}
