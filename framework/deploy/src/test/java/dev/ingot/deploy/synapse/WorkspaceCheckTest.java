package dev.ingot.deploy.synapse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks generated files that are each broken in one way. */
class WorkspaceCheckTest {

    private static final String DEFINITION = "sparkJobDefinition/shop.json";
    private static final String PIPELINE = "pipeline/shop.json";
    private static final String SCRIPT = "sqlscript/lakehouse_gold_views.json";
    private static final String TRIGGER = "trigger/shop.json";

    private final Map<String, String> files = new TreeMap<>();

    @BeforeEach
    void generate(@TempDir Path root) {
        new SmallProject(root)
                .environment("sql: {database: lakehouse}")
                .declared()
                .files(new Diagnostics())
                .forEach((path, text) -> files.put(path.replaceFirst("deploy/synapse/prod/", ""), text));
    }

    private void replace(String path, String what, String by) {
        String changed = files.get(path).replaceFirst(what, by);
        assertNotEquals(files.get(path), changed, "nothing to replace: " + what);
        files.put(path, changed);
    }

    private List<String> found() {
        Diagnostics diagnostics = new Diagnostics();
        new Synapse().check(files, diagnostics);
        return diagnostics.all().stream().map(Diagnostic::render).toList();
    }

    private static String of(String path, String reason) {
        return path + "  error DEPLOY-003  Cannot deploy the file to Synapse: " + reason;
    }

    @Test
    void acceptsGeneratedFiles() {
        assertEquals(List.of(), found());
    }

    @Test
    void findsAReferenceToAMissingArtifact() {
        files.remove(DEFINITION);
        assertEquals(
                List.of(of(PIPELINE, "it refers to sparkJobDefinition/shop.json, which does not exist")),
                found().stream().distinct().toList());
    }

    @Test
    void findsATriggerWithoutItsPipeline() {
        files.remove(PIPELINE);
        assertEquals(List.of(of(TRIGGER, "it refers to pipeline/shop.json, which does not exist")), found());
    }

    @Test
    void findsADependencyOnAMissingActivity() {
        replace(PIPELINE, "\"activity\" : \"silver_orders\"", "\"activity\" : \"silver_order\"");
        assertEquals(
                List.of(of(PIPELINE, "its activity 'gold_totals' depends on 'silver_order', which does not exist")),
                found());
    }

    @Test
    void findsCyclicDependencies() {
        replace(PIPELINE, "\"activity\" : \"bronze_orders_raw\"", "\"activity\" : \"gold_totals\"");
        assertEquals(
                List.of(of(PIPELINE, "its activities have a cyclic dependency: gold_totals, silver_orders")), found());
    }

    @Test
    void findsActivitiesWithTheSameName() {
        replace(PIPELINE, "\"name\" : \"gold_totals\"", "\"name\" : \"silver_orders\"");
        assertEquals(of(PIPELINE, "it has two activities named 'silver_orders'"), found().get(0));
    }

    @Test
    void findsAnUndeclaredParameter() {
        replace(PIPELINE, "\"date\" : \\{", "\"day\" : {");
        assertEquals(
                List.of(
                        of(PIPELINE, "it uses the parameter 'date', which it does not declare"),
                        of(
                                TRIGGER,
                                "it passes the parameter 'date' to the pipeline 'shop', which does not declare it")),
                found());
    }

    @Test
    void findsAFileNotNamedAfterItsArtifact() {
        files.put("trigger/other.json", files.remove(TRIGGER));
        assertEquals(List.of(of("trigger/other.json", "its artifact is named 'shop'")), found());
    }

    @Test
    void findsNamesThatDifferOnlyInCase() {
        files.put("trigger/Shop.json", files.get(TRIGGER).replaceFirst("\"shop\"", "\"Shop\""));
        assertEquals(List.of(of(TRIGGER, "it differs from trigger/Shop.json only in upper and lower case")), found());
    }

    @Test
    void findsSchemaViolations() {
        replace(DEFINITION, "\"driverMemory\" : \"28g\"", "\"driverMemory\" : \"30g\"");
        replace(PIPELINE, "\"retry\" : 1", "\"retries\" : 1");
        replace(TRIGGER, "\"frequency\" : \"Day\"", "\"frequency\" : \"Hour\"");
        assertEquals(
                List.of(
                        of(
                                PIPELINE,
                                "$.properties.activities[0].policy: property 'retries' is not defined in the schema and"
                                        + " the schema does not allow additional properties"),
                        of(
                                DEFINITION,
                                "$.properties.jobProperties.driverMemory: does not have a value in the enumeration"
                                        + " [\"28g\", \"56g\", \"112g\"]"),
                        of(TRIGGER, "$.properties.typeProperties.recurrence.schedule: schema for 'schedule' is false")),
                found());
    }

    @Test
    void findsAnEmptyScriptAndOneForAnotherPool() {
        replace(SCRIPT, "\"SqlOnDemand\"", "\"SqlPool\"");
        replace(SCRIPT, "\"query\" : \"[^\n]*\"", "\"query\" : \"\"");
        assertEquals(
                List.of(
                        of(
                                SCRIPT,
                                "$.properties.content.currentConnection.type: must be the constant value 'SqlOnDemand'"),
                        of(SCRIPT, "$.properties.content.query: must be at least 1 characters long")),
                found());
    }

    @Test
    void findsInvalidJsonAndUnknownFolders() {
        files.put("pipelines/shop.json", "{\"name\" : \"shop\"}");
        files.put("trigger/broken.json", "{");
        List<String> found = found();
        assertEquals(
                of("pipelines/shop.json", "a workspace has no folder 'pipelines' for artifacts of this kind"),
                found.get(0));
        assertTrue(found.get(1).startsWith(of("trigger/broken.json", "not JSON: ")), found.get(1));
        assertEquals(2, found.size());
    }
}
