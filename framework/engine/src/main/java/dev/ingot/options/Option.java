package dev.ingot.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one option: a component of an options record. The option's name is the component's name in snake case; a
 * component that is {@link java.util.Optional}, a list, a map or has a default may be left out.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {

    /** One sentence for the reference and for editors. */
    String description();

    /** A value as it would be written in YAML. */
    String example() default "";

    /** The value when the option is left out, as it would be written; empty means that there is none. */
    String defaultValue() default "";

    /** A name that the option had before; the error for it suggests the current one. Empty when there is none. */
    String formerly() default "";

    /** Whether the value may be written in the place of the whole mapping: {@code filter: a > 0}. */
    boolean inline() default false;

    /** Whether a list or map may not be left out and must not be empty. */
    boolean required() default false;
}
