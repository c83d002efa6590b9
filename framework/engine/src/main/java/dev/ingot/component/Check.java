package dev.ingot.component;

/** A data quality rule about each row, or about the table as it would be after the write. */
public sealed interface Check<O extends Record> extends Component<O> permits RowCheck, TableCheck {}
