package dev.ingot.diagnostics;

/** The stable codes of everything Ingot can complain about. A code is never reused for another meaning. */
public enum Code {
    YAML_SYNTAX("YAML-001", Owner.USER, "The file is not valid YAML."),
    YAML_DUPLICATE_KEY("YAML-002", Owner.USER, "A mapping has the same key twice."),
    YAML_TAG("YAML-003", Owner.USER, "A tag (!name) is used; values are typed by the field that they fill."),
    YAML_TOO_DEEP("YAML-004", Owner.USER, "The nesting is deeper than any pipeline needs."),
    YAML_ALIASES("YAML-005", Owner.USER, "An alias is unknown, or aliases multiply the document beyond reason."),
    YAML_TOO_BIG("YAML-006", Owner.USER, "The file is larger than any pipeline needs."),
    YAML_SPLIT_VALUE("YAML-007", Owner.USER, "A comma inside {...} or [...] cut a value in two."),
    YAML_ENCODING("YAML-008", Owner.USER, "The file is not UTF-8 text."),

    SPEC_MISSING("SPEC-001", Owner.USER, "Something that is required is not there."),
    SPEC_TYPE("SPEC-002", Owner.USER, "A value has another type than its field."),
    SPEC_VALUE("SPEC-003", Owner.USER, "A value is not among those accepted."),
    SPEC_COMPONENT("SPEC-004", Owner.USER, "No source, transformation, check or mode has this name."),
    SPEC_ONE_KIND("SPEC-005", Owner.USER, "Exactly one key must name the kind."),
    SPEC_NAME("SPEC-006", Owner.USER, "A name is not a lower-case identifier."),
    SPEC_CONFLICT("SPEC-007", Owner.USER, "Two settings contradict each other."),
    SPEC_ACROSS_ROWS("SPEC-008", Owner.USER, "A step that looks across rows stands on a batch of new rows."),
    SPEC_PARAMETER("SPEC-009", Owner.USER, "An expression uses a parameter that does not exist."),
    SPEC_UNSAFE_SQL("SPEC-010", Owner.USER, "SQL does more than query its declared inputs."),
    SPEC_FILE("SPEC-011", Owner.USER, "A file that a pipeline names cannot be read, or lies outside the project."),
    SPEC_UNKNOWN("SPEC-012", Owner.USER, "A key is not known here."),
    SPEC_UNSTABLE("SPEC-013", Owner.USER, "An expression gives something else each time."),

    CONF_PROJECT("CONF-001", Owner.USER, "The folder is not an Ingot project."),
    CONF_ENVIRONMENT("CONF-002", Owner.USER, "The environment is not known."),
    CONF_VARIABLE("CONF-003", Owner.USER, "A variable is not declared, or its value does not fit its type."),
    CONF_UNSET("CONF-004", Owner.USER, "A value that is referred to is not set."),
    CONF_REFERENCE("CONF-005", Owner.USER, "A ${...} reference cannot be understood where it stands."),
    CONF_SECRET_PLACE("CONF-006", Owner.USER, "A secret stands in a field that may not hold one."),
    CONF_SECRET_MISSING("CONF-007", Owner.ENVIRONMENT, "A secret cannot be found, or its keeper does not give it."),
    CONF_ARGUMENT("CONF-008", Owner.USER, "An argument of the command cannot be understood."),
    CONF_RELEASE("CONF-009", Owner.USER, "A release is not there, is damaged, or cannot be run as it is."),

    PLAN_UNKNOWN_TABLE("PLAN-001", Owner.USER, "A table is read that no pipeline makes."),
    PLAN_TWO_MAKERS("PLAN-002", Owner.USER, "Two pipelines make the same table."),
    PLAN_CYCLE("PLAN-003", Owner.USER, "Pipelines read each other in a circle."),
    PLAN_LAYER("PLAN-004", Owner.USER, "A pipeline reads from a layer that its own may not read."),
    PLAN_ALIAS("PLAN-005", Owner.USER, "A step names an input that the pipeline does not declare."),
    PLAN_SELECTION("PLAN-006", Owner.USER, "A selection matches no pipeline."),
    PLAN_COLUMN("PLAN-007", Owner.USER, "An expression does not fit the rows that reach it."),
    PLAN_CONTRACT("PLAN-008", Owner.USER, "The rows do not fit the declared columns."),
    PLAN_SCHEMA("PLAN-009", Owner.USER, "The rows do not fit the table as it is."),
    PLAN_PATH("PLAN-010", Owner.USER, "The folder or file to read does not exist."),
    PLAN_ARRIVAL("PLAN-011", Owner.USER, "Rows are ordered by when they arrived, not by when they happened."),
    PLAN_VERSION("PLAN-012", Owner.USER, "A table has no version of the moment that is asked for."),
    PLAN_DEFINITION("PLAN-013", Owner.USER, "A table cannot be given what its pipeline says of it."),

    DEPLOY_PLATFORM("DEPLOY-001", Owner.USER, "A platform cannot be deployed to as things are declared."),
    DEPLOY_SCHEDULE("DEPLOY-002", Owner.USER, "A platform cannot say a schedule."),
    DEPLOY_FILE("DEPLOY-003", Owner.INTERNAL, "A generated file is not what its platform reads."),
    DEPLOY_REFUSED("DEPLOY-004", Owner.ENVIRONMENT, "A platform refused a request."),
    DEPLOY_UNREACHABLE(
            "DEPLOY-005", Owner.ENVIRONMENT, "A platform cannot be reached, or does not answer as documented."),
    DEPLOY_DENIED("DEPLOY-006", Owner.ENVIRONMENT, "A platform denied access."),

    DATA_GATE("DATA-001", Owner.DATA, "A quality rule failed; the table was left as it was."),
    DATA_KEYS("DATA-002", Owner.DATA, "Several rows of a batch have one key and nothing says which is newer."),
    DATA_UNREADABLE("DATA-003", Owner.DATA, "A data file cannot be read."),
    DATA_DELETES("DATA-004", Owner.DATA, "Rows were deleted from a table that is read for its changes."),
    DATA_FEED("DATA-005", Owner.DATA, "The changes of a table can no longer be read from where reading stopped."),
    DATA_EXPRESSION("DATA-006", Owner.DATA, "An expression failed on a row."),
    DATA_EMPTY("DATA-007", Owner.DATA, "An overwrite would have emptied the table."),
    DATA_CONSTRAINT("DATA-008", Owner.DATA, "Rows break a constraint of their table."),

    ENV_DENIED("ENV-001", Owner.ENVIRONMENT, "Access to storage was denied."),
    ENV_FULL("ENV-002", Owner.ENVIRONMENT, "The disk is full."),
    ENV_BUSY("ENV-003", Owner.ENVIRONMENT, "Another run holds the pipeline."),
    ENV_LOG_STORE("ENV-004", Owner.ENVIRONMENT, "Delta's log store is not safe for this lake."),
    ENV_TABLE_REPLACED("ENV-005", Owner.ENVIRONMENT, "The table is not the one that Ingot wrote last."),
    ENV_STORAGE("ENV-006", Owner.ENVIRONMENT, "Storage could not be read or written."),
    ENV_SPARK("ENV-007", Owner.ENVIRONMENT, "Spark cannot be started or lacks something."),
    ENV_CONFLICT("ENV-008", Owner.ENVIRONMENT, "Another writer changed the table at the same moment."),
    ENV_RESTORE("ENV-009", Owner.ENVIRONMENT, "A RESTORE does not tell to which version it went."),

    INTERNAL("INT-001", Owner.INTERNAL, "Ingot itself is at fault.");

    private final String id;
    private final Owner owner;
    private final String meaning;

    Code(String id, Owner owner, String meaning) {
        this.id = id;
        this.owner = owner;
        this.meaning = meaning;
    }

    /** The code as printed, such as {@code SPEC-012}. */
    public String id() {
        return id;
    }

    public Owner owner() {
        return owner;
    }

    /** One sentence that says what the code means in general, for the reference. */
    public String meaning() {
        return meaning;
    }
}
