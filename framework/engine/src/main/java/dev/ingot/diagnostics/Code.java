package dev.ingot.diagnostics;

/** The stable codes of all findings. A code is never reused for another meaning. */
public enum Code {
    YAML_SYNTAX("YAML-001", Owner.USER, "The file is not valid YAML."),
    YAML_DUPLICATE_KEY("YAML-002", Owner.USER, "A mapping has the same key twice."),
    YAML_TAG("YAML-003", Owner.USER, "A tag (!name) is used; the field determines the type of a value."),
    YAML_TOO_DEEP("YAML-004", Owner.USER, "The nesting is deeper than any pipeline needs."),
    YAML_ALIASES("YAML-005", Owner.USER, "An alias is unknown, or aliases expand the document beyond the limit."),
    YAML_TOO_BIG("YAML-006", Owner.USER, "The file is larger than any pipeline needs."),
    YAML_SPLIT_VALUE("YAML-007", Owner.USER, "A comma inside {...} or [...] splits a value."),
    YAML_ENCODING("YAML-008", Owner.USER, "The file is not UTF-8 text."),

    SPEC_MISSING("SPEC-001", Owner.USER, "A required value is missing."),
    SPEC_TYPE("SPEC-002", Owner.USER, "A value does not have the type of its field."),
    SPEC_VALUE("SPEC-003", Owner.USER, "A value is not among those accepted."),
    SPEC_COMPONENT("SPEC-004", Owner.USER, "No source, transformation, check or mode has this name."),
    SPEC_ONE_KIND("SPEC-005", Owner.USER, "Exactly one key must name the source, transformation or check."),
    SPEC_NAME("SPEC-006", Owner.USER, "A name is not a lower-case identifier."),
    SPEC_CONFLICT("SPEC-007", Owner.USER, "Two settings contradict each other."),
    SPEC_ACROSS_ROWS(
            "SPEC-008", Owner.USER, "A step that combines rows reads an incremental batch instead of all rows."),
    SPEC_PARAMETER("SPEC-009", Owner.USER, "An expression uses a parameter that does not exist."),
    SPEC_UNSAFE_SQL("SPEC-010", Owner.USER, "SQL does more than query its declared inputs."),
    SPEC_FILE("SPEC-011", Owner.USER, "A file that a pipeline names cannot be read, or is outside the project."),
    SPEC_UNKNOWN("SPEC-012", Owner.USER, "A key is unknown."),
    SPEC_UNSTABLE("SPEC-013", Owner.USER, "An expression is nondeterministic."),

    CONF_PROJECT("CONF-001", Owner.USER, "The folder is not an Ingot project."),
    CONF_ENVIRONMENT("CONF-002", Owner.USER, "The environment does not exist."),
    CONF_VARIABLE("CONF-003", Owner.USER, "A variable is not declared, or its value does not fit its type."),
    CONF_UNSET("CONF-004", Owner.USER, "A referenced value is not set."),
    CONF_REFERENCE("CONF-005", Owner.USER, "A ${...} reference is invalid, or not allowed in this field."),
    CONF_SECRET_PLACE("CONF-006", Owner.USER, "A secret is written into a field that does not accept one."),
    CONF_SECRET_MISSING(
            "CONF-007", Owner.ENVIRONMENT, "A secret does not exist, or its secret store does not return it."),
    CONF_ARGUMENT("CONF-008", Owner.USER, "An argument of the command is invalid."),
    CONF_RELEASE("CONF-009", Owner.USER, "A release is missing or damaged, or cannot run in its current form."),

    PLAN_UNKNOWN_TABLE("PLAN-001", Owner.USER, "A pipeline reads a table that no pipeline makes."),
    PLAN_TWO_MAKERS("PLAN-002", Owner.USER, "Two pipelines make the same table."),
    PLAN_CYCLE("PLAN-003", Owner.USER, "The dependencies of pipelines form a cycle."),
    PLAN_LAYER("PLAN-004", Owner.USER, "A pipeline reads from a layer that its own layer may not read."),
    PLAN_ALIAS("PLAN-005", Owner.USER, "A step names an input that the pipeline does not declare."),
    PLAN_SELECTION("PLAN-006", Owner.USER, "A selection matches no pipeline."),
    PLAN_COLUMN("PLAN-007", Owner.USER, "An expression does not match the columns and types of its input."),
    PLAN_CONTRACT("PLAN-008", Owner.USER, "The rows do not match the declared columns."),
    PLAN_SCHEMA("PLAN-009", Owner.USER, "The rows do not match the table's current schema."),
    PLAN_PATH("PLAN-010", Owner.USER, "The folder or file to read does not exist."),
    PLAN_ARRIVAL("PLAN-011", Owner.USER, "Rows are ordered by ingestion time, not by event time."),
    PLAN_VERSION("PLAN-012", Owner.USER, "A table has no version for the requested point in time."),
    PLAN_DEFINITION("PLAN-013", Owner.USER, "A table cannot be altered to match its pipeline's definition."),

    DEPLOY_PLATFORM("DEPLOY-001", Owner.USER, "The declared settings do not allow a deployment to a platform."),
    DEPLOY_SCHEDULE("DEPLOY-002", Owner.USER, "A platform cannot express a schedule."),
    DEPLOY_FILE("DEPLOY-003", Owner.INTERNAL, "A generated file does not have the format that its platform reads."),
    DEPLOY_REFUSED("DEPLOY-004", Owner.ENVIRONMENT, "A platform rejected a request."),
    DEPLOY_UNREACHABLE(
            "DEPLOY-005", Owner.ENVIRONMENT, "A platform cannot be reached, or does not answer as documented."),
    DEPLOY_DENIED("DEPLOY-006", Owner.ENVIRONMENT, "A platform denied access."),

    DATA_GATE("DATA-001", Owner.DATA, "A check failed; the table is unchanged."),
    DATA_KEYS("DATA-002", Owner.DATA, "Several rows of a batch have the same key, and no sequence orders them."),
    DATA_UNREADABLE("DATA-003", Owner.DATA, "A data file cannot be read."),
    DATA_DELETES("DATA-004", Owner.DATA, "Rows were deleted from a table that is read incrementally."),
    DATA_FEED("DATA-005", Owner.DATA, "The changes of a table after the cursor can no longer be read."),
    DATA_EXPRESSION("DATA-006", Owner.DATA, "An expression failed on a row."),
    DATA_EMPTY("DATA-007", Owner.DATA, "An overwrite would have emptied the table."),
    DATA_CONSTRAINT("DATA-008", Owner.DATA, "Rows violate a constraint of their table."),

    ENV_DENIED("ENV-001", Owner.ENVIRONMENT, "Access to storage was denied."),
    ENV_FULL("ENV-002", Owner.ENVIRONMENT, "The disk is full."),
    ENV_BUSY("ENV-003", Owner.ENVIRONMENT, "Another run holds the lease of the pipeline."),
    ENV_LOG_STORE("ENV-004", Owner.ENVIRONMENT, "Delta's log store is not safe for this lake."),
    ENV_TABLE_REPLACED("ENV-005", Owner.ENVIRONMENT, "The table is not the one that Ingot last wrote."),
    ENV_STORAGE("ENV-006", Owner.ENVIRONMENT, "Storage could not be read or written."),
    ENV_SPARK("ENV-007", Owner.ENVIRONMENT, "Spark cannot be started, or a required part is missing."),
    ENV_CONFLICT("ENV-008", Owner.ENVIRONMENT, "Another writer or run changed the table, holds it, or built on it."),
    ENV_RESTORE("ENV-009", Owner.ENVIRONMENT, "A RESTORE does not record which version it restored."),

    INTERNAL("INT-001", Owner.INTERNAL, "An internal error of Ingot.");

    private final String id;
    private final Owner owner;
    private final String meaning;

    Code(String id, Owner owner, String meaning) {
        this.id = id;
        this.owner = owner;
        this.meaning = meaning;
    }

    /** Returns the code as printed, such as {@code SPEC-012}. */
    public String id() {
        return id;
    }

    public Owner owner() {
        return owner;
    }

    /** Returns one sentence about the code's meaning, for the reference. */
    public String meaning() {
        return meaning;
    }
}
