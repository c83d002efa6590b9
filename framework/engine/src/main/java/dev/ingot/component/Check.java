package dev.ingot.component;

/** A rule about quality: of each row by itself, or of the table as it would be after the write. */
public sealed interface Check<O extends Record> extends Component<O> permits RowCheck, TableCheck {}
