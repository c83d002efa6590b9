package dev.ingot.testkit;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Injects a session and a lake as parameters of tests. The session is also the thread's active one during the test, for
 * APIs that look it up. A class with either parameter in {@code @BeforeAll} or in its constructor shares it among all
 * its tests. {@link SparkTest} registers this extension.
 */
public final class SparkExtension implements ParameterResolver, BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(SparkExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        SparkSession.setActiveSession(session(context));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        SparkSession.clearActiveSession();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == SparkSession.class || type == TemporaryLake.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TemporaryLake.class ? lake(context) : session(context);
    }

    private static SparkSession session(ExtensionContext context) {
        return store(context)
                .computeIfAbsent("session", key -> new SessionHolder(LocalSpark.newSession()), SessionHolder.class)
                .session();
    }

    /** JUnit closes the lake, and so deletes the folder, at the end of the test or class that created it. */
    private static TemporaryLake lake(ExtensionContext context) {
        return store(context).computeIfAbsent("lake", key -> TemporaryLake.create(), TemporaryLake.class);
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    /** Prevents JUnit from closing a session: that would stop the application that all other tests use. */
    private record SessionHolder(SparkSession session) {}
}
