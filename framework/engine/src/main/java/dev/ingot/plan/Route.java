package dev.ingot.plan;

/** How the checked rows are written to the table. */
public enum Route {
    /** One write; violations are counted while it runs. */
    DIRECT("one write, violations counted during the write"),
    /** One write that a violation aborts before the commit. */
    GUARDED("one write, aborted by the first violation"),
    /** The checked rows are staged and pass the quality gate, then quarantine and table are written from them. */
    STAGED("rows staged, passed through the quality gate, then written");

    private final String meaning;

    Route(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
