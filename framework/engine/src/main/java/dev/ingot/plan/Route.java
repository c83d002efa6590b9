package dev.ingot.plan;

/** How the checked rows come to the table. */
public enum Route {
    /** One write; violations are counted while it runs. */
    DIRECT("one write, violations counted as it goes"),
    /** One write that a violation ends before it commits. */
    GUARDED("one write that the first violation ends"),
    /** The checked rows are set aside, the gate is decided, then quarantine and table are written from them. */
    STAGED("rows set aside, gate decided, then written");

    private final String meaning;

    Route(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
