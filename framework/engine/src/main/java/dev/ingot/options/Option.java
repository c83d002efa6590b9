package dev.ingot.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one option: a component of an options record. The option's name is the component's name in snake case; a
 * component that is {@link java.util.Optional}, a list or a map, or has a default, may be left out.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {

    /** Describes the option in one sentence, for the reference and for editors. */
    String description();

    /** An example value, as written in YAML. */
    String example() default "";

    /** The value when the option is left out, as written in YAML; empty when the option has no default. */
    String defaultValue() default "";

    /** The former name of the option; the error for it suggests the current one. Empty when the name never changed. */
    String formerly() default "";

    /** Returns whether the value may replace the whole mapping: {@code filter: a > 0}. */
    boolean inline() default false;

    /** Returns whether a list or map is mandatory and must not be empty. */
    boolean required() default false;
}
