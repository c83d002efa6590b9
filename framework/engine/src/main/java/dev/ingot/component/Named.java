package dev.ingot.component;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Registers a component under the name that users write. The class must implement one of the kinds of
 * {@link Component} and have a nested record {@code Options}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Named {

    /** The key in YAML; unique among the components of one kind. */
    String value();

    /** One sentence for the reference: what the component does. */
    String summary();

    /** An example in YAML, as written in a pipeline; a contract test reads it. */
    String example();

    /** Traits that planning needs before the class is loaded. */
    Trait[] traits() default {};
}
