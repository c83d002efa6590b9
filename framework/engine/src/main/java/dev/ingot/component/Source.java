package dev.ingot.component;

import dev.ingot.component.input.Cursor;
import dev.ingot.component.input.Input;
import dev.ingot.component.input.ReadMode;
import dev.ingot.component.input.SourceRows;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/** Where rows come from. What a batch reads is decided once ({@link #pending}) and then fixed. */
public non-sealed interface Source<O extends Record> extends Component<O> {

    /** The columns that {@link #read} gives, found without reading rows. */
    StructType schema(O options, SourceContext context);

    /**
     * What a batch would read now; empty when there is nothing.
     *
     * @param mode whether all rows are wanted or those not yet read
     * @param read what earlier batches have read from this source, oldest first
     */
    Optional<Input> pending(O options, ReadMode mode, Cursor read, SourceContext context);

    /** The rows of an input that {@link #pending} gave, now or in an earlier attempt. */
    SourceRows read(O options, Input input, SourceContext context);

    /** Whether an input that an earlier batch read under the same alias is one of this source, or of another that it had. */
    boolean reads(O options, Input input);

    /** Whether an input can still be read as it was when it was chosen. */
    default boolean available(O options, Input input, SourceContext context) {
        return true;
    }

    /**
     * After a failed read: the same input with whatever cannot be read set apart, so that the rest can go on. The input
     * unchanged when nothing of it is at fault.
     */
    default Input withoutUnreadable(O options, Input input, SourceContext context) {
        return input;
    }
}
