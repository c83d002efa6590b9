package dev.ingot.deploy.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.deploy.Artifacts;
import dev.ingot.diagnostics.Diagnostics;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are written without Databricks' SDK: it is large, and only access to a workspace needs it. */
class WithoutSdkTest {

    @Test
    void onlyTheWorkspaceNeedsTheSdk(@TempDir Path folder) throws Throwable {
        List<URL> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("databricks-sdk"))
                .map(WithoutSdkTest::url)
                .toList();
        try (URLClassLoader loader =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> steps = loader.loadClass(Steps.class.getName());
            assertEquals(2, call(steps, "files", folder));
            assertThrows(NoClassDefFoundError.class, () -> call(steps, "workspace", folder));
        }
    }

    /** The methods that are called in the class loader without the SDK. */
    public static final class Steps {

        private Steps() {}

        public static int files(Path folder) {
            return new SampleProject(folder).declared().files(new Diagnostics()).size();
        }

        public static int workspace(Path folder) {
            SampleProject project = new SampleProject(folder).options("host: https://127.0.0.1");
            return project.declared()
                    .workspace(new Artifacts(folder, folder), Map.of())
                    .map(workspace -> 1)
                    .orElse(0);
        }
    }

    private static Object call(Class<?> steps, String name, Path folder) throws Throwable {
        Method method = steps.getMethod(name, Path.class);
        try {
            return method.invoke(null, folder);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException(entry, impossible);
        }
    }
}
