package dev.ingot.component;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Registers a component under the word that users write. The class must implement one of the kinds of
 * {@link Component} and have a nested record {@code Options}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Named {

    /** The word in YAML; unique among the components of one kind. */
    String value();

    /** One sentence that says what the component does, for the reference. */
    String summary();

    /** An example in YAML, as it would stand in a pipeline; a contract test reads it. */
    String example();

    /** Traits that must be known before the class is loaded. */
    Trait[] traits() default {};
}
