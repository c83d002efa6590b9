package dev.ingot.cli.reference;

import static dev.ingot.cli.reference.Documents.CATALOG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.component.ComponentCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class WithoutSparkTest {

    /** Loads Ingot's classes and their libraries, and no Spark. */
    private static final class SmallClassPath extends ClassLoader {

        SmallClassPath() {
            super(WithoutSparkTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.apache.spark.") || name.startsWith("scala.")) {
                throw new ClassNotFoundException(name);
            }
            Class<?> known = findLoadedClass(name);
            return known != null
                    ? known
                    : name.startsWith("dev.ingot.") ? define(name) : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    @Test
    void generatesAllFiles() throws ReflectiveOperationException {
        ClassLoader small = new SmallClassPath();
        assertThrows(ClassNotFoundException.class, () -> small.loadClass("org.apache.spark.sql.Dataset"));

        Class<?> catalogType = small.loadClass(ComponentCatalog.class.getName());
        Object catalog = catalogType.getMethod("load", ClassLoader.class).invoke(null, small);

        assertEquals(Schemas.pipeline(CATALOG), call(small, Schemas.class, "pipeline", catalogType, catalog));
        assertEquals(Schemas.project(CATALOG), call(small, Schemas.class, "project", catalogType, catalog));
        assertEquals(Reference.markdown(CATALOG), call(small, Reference.class, "markdown", catalogType, catalog));
    }

    private static Object call(ClassLoader small, Class<?> type, String method, Class<?> catalogType, Object catalog)
            throws ReflectiveOperationException {
        return small.loadClass(type.getName()).getMethod(method, catalogType).invoke(null, catalog);
    }
}
