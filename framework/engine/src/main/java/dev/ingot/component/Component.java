package dev.ingot.component;

/**
 * A building block of pipelines. Components are stateless; each call gets their options.
 *
 * @param <O> the nested record of the options that users may set
 */
public sealed interface Component<O extends Record> permits Source, Transformation, Check, WriteMode {}
