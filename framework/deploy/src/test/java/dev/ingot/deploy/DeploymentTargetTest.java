package dev.ingot.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that apply to every platform. */
class DeploymentTargetTest {

    @TempDir
    private Path folder;

    private String errors(String environment) {
        DeclaredProject project = new DeclaredProject(folder, "ingot-job.jar", "shop-1.zip");
        project.write("conf/project.yml", "name: shop\n");
        project.write("conf/env/prod.yml", environment + "deploy: {local: {artifacts: /srv/ingot}}\n");
        project.write("pipelines/orders.yml", """
                name: orders
                source:
                  files: {path: landing, format: csv}
                target: {layer: bronze, mode: append}
                """);
        DeploymentTarget<?> target = project.declared("local");
        String message = assertThrows(IngotException.class, () -> target.files(new Diagnostics()))
                .getMessage();
        assertEquals(
                message,
                assertThrows(
                                IngotException.class,
                                () -> target.workspace(
                                        new Artifacts(folder.resolve("a"), folder.resolve("b")), Map.of()))
                        .getMessage());
        return message;
    }

    @Test
    void rejectsDataBelowTheProject() {
        assertEquals("""
                conf/env/prod.yml  error CONF-009  Cannot run a release whose lake is 'lake': the folder is inside the\
                 project, and a release is unpacked into a temporary folder
                    Set the lake's full address, such as abfss://lake@account.dfs.core.windows.net/lake.
                pipelines/orders.yml:3:3  error CONF-009  Cannot run a release that reads 'landing': the folder is inside\
                 the project, and a release is unpacked into a temporary folder
                    Use an absolute path or address, or a variable such as '${var:landing}' that each environment sets.""", errors("lake: lake\n"));
    }

    @Test
    void rejectsPlainSecretsInJobDefinitions() {
        assertEquals("""
                conf/env/prod.yml  error CONF-006  Cannot write 'spark.hadoop.fs.s3a.secret.key' into job definitions: its\
                 value looks like a secret
                    Store it in a secret scope, and write ${secret:scope/key} instead.
                pipelines/orders.yml:3:3  error CONF-009  Cannot run a release that reads 'landing': the folder is inside\
                 the project, and a release is unpacked into a temporary folder
                    Use an absolute path or address, or a variable such as '${var:landing}' that each environment sets.""", errors("""
                lake: /srv/lake
                spark: {spark.hadoop.fs.s3a.secret.key: "m00nl1ght-bandicoot"}
                """));
    }
}
