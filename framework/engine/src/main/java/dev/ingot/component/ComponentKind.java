package dev.ingot.component;

/** The four kinds of components. */
public enum ComponentKind {
    SOURCE("source"),
    TRANSFORMATION("transformation"),
    CHECK("check"),
    TARGET("mode");

    private final String word;

    ComponentKind(String word) {
        this.word = word;
    }

    /** Returns the name of this kind in messages. */
    public String word() {
        return word;
    }
}
