package dev.ingot.component;

/** The four parts of a pipeline. */
public enum ComponentKind {
    SOURCE("source"),
    TRANSFORMATION("transformation"),
    CHECK("check"),
    TARGET("mode");

    private final String word;

    ComponentKind(String word) {
        this.word = word;
    }

    /** How messages call a component of this kind. */
    public String word() {
        return word;
    }
}
