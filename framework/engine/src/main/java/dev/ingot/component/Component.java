package dev.ingot.component;

/**
 * What a pipeline is made of. Components hold no state; their options are given to each call.
 *
 * @param <O> the nested record that says what users may write
 */
public sealed interface Component<O extends Record> permits Source, Transformation, Check, WriteMode {}
